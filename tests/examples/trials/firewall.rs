//! A firewall table.

use nlsock::{Conn, Protocol};
use nlwire::Prefix;
use nlwire::netfilter::{
    CtState, DataType, DeleteTable, Hook, NewChain, NewElement, NewElements, NewRule, NewSet,
    NewTable, Selector, Statement, TableRef, Transaction, Verdict, priority,
};

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let table = TableRef::inet("gate");
    let office = NewSet::new(table, "office", DataType::IPV4_ADDR).intervals();
    let networks = [
        NewElement::from("192.0.2.0/25".parse::<Prefix>()?),
        NewElement::from("198.51.100.0/24".parse::<Prefix>()?),
    ];
    let known = [
        Selector::CT_STATE.any(CtState::ESTABLISHED | CtState::RELATED),
        Statement::accept(),
    ];
    let local = [Selector::IIFNAME.is("lo"), Statement::accept()];
    let ssh = [
        Selector::IP_SADDR.in_set("office"),
        Selector::TCP_DPORT.is(22),
        Statement::counter(),
        Statement::accept(),
    ];
    let input = NewChain::new(table, "input").filter(Hook::LOCAL_IN, priority::FILTER);
    Conn::open(Protocol::NETFILTER)?.execute(&Transaction(&[
        &DeleteTable::new(table).if_there(),
        &NewTable::new(table),
        &office,
        &NewElements::of(&office, &networks),
        &input.policy(Verdict::DROP),
        &NewRule::new(table, "input", &known),
        &NewRule::new(table, "input", &local),
        &NewRule::new(table, "input", &ssh),
    ]))?;
    Ok(())
}
