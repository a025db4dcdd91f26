//! Algorithms of the kernel, compared with the text of /proc/crypto.

use nlsock::Protocol;
use nltests::{Message, Missing, Need, Outcome, Session, Test, capture};
use nlwire::crypto::{
    Algorithm, AlgorithmAttr, AlgorithmHeader, CRYPTO_MSG_DELALG, CRYPTO_MSG_GETALG,
    CRYPTO_MSG_NEWALG, CRYPTO_MSG_UPDATEALG, CryptoName,
};
use nlwire::{Flags, fields};
use std::collections::BTreeSet;
use std::error::Error;
use std::fs;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "crypto::algorithms_are_those_of_proc",
        needs: &[Need::Root],
        run: algorithms_are_those_of_proc,
    },
    Test {
        name: "crypto::a_hash_is_found_by_its_driver",
        needs: &[Need::Root],
        run: a_hash_is_found_by_its_driver,
    },
    Test {
        name: "crypto::an_instance_is_made_changed_and_deleted",
        needs: &[Need::Root],
        run: an_instance_is_made_changed_and_deleted,
    },
];

/// Instances of templates, and the names of their drivers.
const INSTANCES: [(&str, &str); 6] = [
    ("hmac(sha224)", "hmac(sha224-generic)"),
    ("hmac(sha384)", "hmac(sha384-generic)"),
    ("hmac(sha512)", "hmac(sha512-generic)"),
    ("hmac(md5)", "hmac(md5-generic)"),
    ("ctr(aes)", "ctr(aes-generic)"),
    // Since 7.0.
    ("ctr(aes)", "ctr(aes-lib)"),
];

/// The keys of /proc/crypto that every algorithm has, and those of hashes.
const KEYS: [&str; 6] = [
    "name",
    "driver",
    "module",
    "priority",
    "blocksize",
    "digestsize",
];

fn session() -> Result<Session, Box<dyn Error>> {
    Session::open(Protocol::CRYPTO)
        .map_err(|error| Missing(format!("kernel: algorithms ({error})")).into())
}

fn algorithms_are_those_of_proc() -> Outcome {
    let dump = session()?.dump(CRYPTO_MSG_GETALG, &AlgorithmHeader::default(), |w| Ok(w))?;
    capture("crypto-algorithm", dump[0].get().as_bytes())?;
    let ours: BTreeSet<_> = dump.iter().map(row).collect::<Result<_, _>>()?;
    assert!(ours.iter().any(|row| !row[5].is_empty()), "no hash");
    assert_eq!(ours, listed()?);
    Ok(())
}

fn a_hash_is_found_by_its_driver() -> Outcome {
    let listed = listed()?;
    let hash = listed.iter().find(|row| !row[5].is_empty());
    let hash = hash.ok_or("/proc/crypto has no hash")?;
    let header = AlgorithmHeader {
        driver_name: CryptoName::new(&hash[1]),
        ..AlgorithmHeader::default()
    };
    let found = session()?.get(CRYPTO_MSG_GETALG, &header, |w| Ok(w))?;
    assert_eq!(found.len(), 1);
    assert_eq!(row(&found[0])?, *hash);
    Ok(())
}

fn an_instance_is_made_changed_and_deleted() -> Outcome {
    let mut session = session()?;
    let none = Flags::empty();
    let (mut made, mut refused) = (None, String::new());
    for (name, driver) in INSTANCES {
        let header = AlgorithmHeader {
            name: CryptoName::new(name),
            driver_name: CryptoName::new(driver),
            ..AlgorithmHeader::default()
        };
        match session.change(CRYPTO_MSG_NEWALG, none, &header, |w| Ok(w)) {
            Ok(()) => {
                made = Some((driver, header));
                break;
            }
            Err(error) => refused += &format!("{driver}: {error} "),
        }
    }
    let Some((driver, header)) = made else {
        return Err(Missing(format!("kernel: templates of algorithms ({refused})")).into());
    };
    let find = |driver: &str| -> Result<Option<Vec<String>>, Box<dyn Error>> {
        Ok(listed()?.into_iter().find(|row| row[1] == driver))
    };
    assert!(find(driver)?.is_some(), "{driver}");
    session.change(CRYPTO_MSG_UPDATEALG, none, &header, |w| {
        w.put(AlgorithmAttr::Priority(4321))
    })?;
    assert_eq!(find(driver)?.unwrap()[3], "4321");
    let read = session.get(CRYPTO_MSG_GETALG, &header, |w| Ok(w))?;
    assert_eq!(row(&read[0])?[3], "4321");
    session.change(CRYPTO_MSG_DELALG, none, &header, |w| Ok(w))?;
    assert_eq!(find(driver)?, None);
    Ok(())
}

/// Values of [`KEYS`] in a message, empty where one is missing.
fn row(message: &Message) -> Result<Vec<String>, Box<dyn Error>> {
    let (header, attributes) = message.get().split::<AlgorithmHeader>()?;
    let found = fields!(attributes => Algorithm { priority, hash })?;
    let [name, driver, module] = [header.name, header.driver_name, header.module_name]
        .map(|name| String::from_utf8_lossy(name.text()).into_owned());
    let priority = found.priority.ok_or("no priority")?.to_string();
    let [block, digest] = match found.hash.map(|hash| hash.get()) {
        Some(hash) => [hash.block_size, hash.digest_size].map(|size| size.to_string()),
        None => Default::default(),
    };
    Ok(vec![name, driver, module, priority, block, digest])
}

/// The same of the paragraphs of /proc/crypto.
fn listed() -> std::io::Result<BTreeSet<Vec<String>>> {
    let text = fs::read_to_string("/proc/crypto")?;
    let rows = text.trim_end().split("\n\n").map(|paragraph| {
        let value = |key: &str| {
            let lines = paragraph.lines().filter_map(|line| line.split_once(':'));
            let mut found = lines.filter(|(name, _)| name.trim() == key);
            found.next().map(|(_, value)| value.trim().to_owned())
        };
        let is_hash = value("digestsize").is_some();
        let shown = |key: &&str| is_hash || *key != "blocksize";
        KEYS.iter()
            .map(|key| value(key).filter(|_| shown(key)).unwrap_or_default())
            .collect()
    });
    Ok(rows.collect())
}
