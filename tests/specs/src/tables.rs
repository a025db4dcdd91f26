//! The tables in a folder of Rust: what `attributes!`, `numbers!`, `flags!` and
//! `structs!` declare, read from the source. So it needs no build of the crate
//! that declares them, and knows each form as it is written.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::tokens::{self, Token, split};

#[derive(Default)]
pub struct Tables {
    pub sets: Vec<Set>,
    pub choices: Vec<Choice>,
    pub numbers: Vec<Numbers>,
    pub structs: Vec<Struct>,
    /// Every constant that is named as in C, and its value.
    pub constants: BTreeMap<String, i64>,
    /// Every word that looks like a C constant.
    pub words: BTreeSet<String>,
}

pub struct Set {
    pub file: PathBuf,
    pub name: String,
    /// None where `AttributeSet` is written out.
    pub rows: Vec<Row>,
}

pub struct Row {
    pub number: u16,
    pub c_name: String,
    pub form: String,
}

/// The sets of one attribute.
pub struct Choice {
    pub file: PathBuf,
    pub name: String,
    /// Selector values and the forms or sets that they stand for.
    pub arms: Vec<(String, String)>,
}

/// A newtype over an integer.
pub struct Numbers {
    pub file: PathBuf,
    pub name: String,
    pub integer: String,
    pub are_flags: bool,
    /// None of a newtype that is written out.
    pub values: BTreeSet<u64>,
}

pub struct Struct {
    pub file: PathBuf,
    pub name: String,
    pub size: usize,
}

/// Item with a name, and its file.
pub trait Declared {
    fn file(&self) -> &Path;
    fn name(&self) -> &str;
}

macro_rules! declared {
    ($($type:ty)*) => {$(
        impl Declared for $type {
            fn file(&self) -> &Path {
                &self.file
            }

            fn name(&self) -> &str {
                &self.name
            }
        }
    )*};
}

declared!(Set Choice Numbers Struct);

/// Finds a name that is used in `file`: of several declarations that whose file
/// is nearest.
pub fn nearest<'a, T: Declared>(all: &'a [T], name: &str, file: &Path) -> Option<&'a T> {
    let shared = |one: &Path| {
        let pairs = one.components().zip(file.components());
        pairs.take_while(|(a, b)| a == b).count()
    };
    let found = all.iter().filter(|declared| declared.name() == name);
    found.max_by_key(|declared| shared(declared.file()))
}

impl Tables {
    pub fn read(folder: &Path) -> Result<Self, String> {
        let mut tables = Self::default();
        tables.folder(folder)?;
        if tables.sets.is_empty() {
            return Err(format!("no attributes! in {}", folder.display()));
        }
        Ok(tables)
    }

    fn folder(&mut self, folder: &Path) -> Result<(), String> {
        let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                self.folder(&path)?;
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                self.file(&path)
                    .map_err(|e| format!("{}: {e}", path.display()))?;
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path) -> Result<(), String> {
        let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
        self.tokens(path, &tokens::parse(&text)?)
    }

    fn tokens(&mut self, file: &Path, tokens: &[Token]) -> Result<(), String> {
        self.name_constants(tokens);
        let mut rest = tokens;
        while let [first, after @ ..] = rest {
            match rest {
                [
                    Token::Ident(rules),
                    Token::Punct('!'),
                    _,
                    Token::Group(..),
                    after @ ..,
                ] if rules == "macro_rules" => {
                    rest = after;
                    continue;
                }
                [
                    Token::Ident(name),
                    Token::Ident(word),
                    Token::Ident(set),
                    ..,
                ] if name == "AttributeSet" && word == "for" => {
                    self.sets.push(Set {
                        file: file.to_owned(),
                        name: set.clone(),
                        rows: Vec::new(),
                    });
                }
                [
                    Token::Ident(name),
                    Token::Punct('!'),
                    Token::Group(_, body),
                    ..,
                ] => {
                    match name.as_str() {
                        "attributes" => self.attributes(file, body),
                        "numbers" | "flags" => self.numbers(file, name == "flags", body),
                        "structs" => self.structs(file, body),
                        // Of a newtype that is written out.
                        "__number_form" => {
                            self.newtype(file, body);
                            Some(())
                        }
                        _ => Some(()),
                    }
                    .ok_or_else(|| format!("cannot read {name}! {{ {} .. }}", start(body)))?;
                }
                _ => {}
            }
            if let Token::Group(_, inner) = first {
                self.tokens(file, inner)?;
            }
            rest = after;
        }
        Ok(())
    }

    /// `pub set Set, enum Attr { rows }` or `pub choice Form, enum Sets by .. { arms }`.
    fn attributes(&mut self, file: &Path, body: &[Token]) -> Option<()> {
        let file = file.to_owned();
        let body = without_visibility(body);
        let Token::Group('{', rows) = body.last()? else {
            return None;
        };
        let [what, Token::Ident(name), Token::Punct(','), ..] = body else {
            // The macro's own steps begin with `@`.
            return (body.first() == Some(&Token::Punct('@'))).then_some(());
        };
        let name = name.clone();
        if what.is("set") {
            let rows = split(rows, ',')
                .into_iter()
                .map(row)
                .collect::<Option<_>>()?;
            self.sets.push(Set { file, name, rows });
        } else if what.is("choice") {
            let arms = split(rows, ',').into_iter().filter_map(arm).collect();
            self.choices.push(Choice { file, name, arms });
        } else {
            return None;
        }
        Some(())
    }

    /// `pub struct Name(u8) { ONE = 1 "C_ONE" "one"; .. }`.
    fn numbers(&mut self, file: &Path, are_flags: bool, body: &[Token]) -> Option<()> {
        let body = without_aliases(body);
        let start = body.iter().position(|token| token.is("struct"))?;
        let [_, Token::Ident(name), Token::Group('(', integer), ..] = &body[start..] else {
            return None;
        };
        let Token::Group('{', rows) = body.last()? else {
            return None;
        };
        let values = split(&without_aliases(rows), ';')
            .into_iter()
            .filter_map(value)
            .map(i64::cast_unsigned)
            .collect();
        self.numbers.push(Numbers {
            file: file.to_owned(),
            name: name.clone(),
            integer: integer.first()?.text(),
            are_flags,
            values,
        });
        Some(())
    }

    /// `Name(u32), ..`, whose values are declared elsewhere.
    fn newtype(&mut self, file: &Path, body: &[Token]) {
        if let [Token::Ident(name), Token::Group('(', integer), ..] = body
            && let [Token::Ident(integer)] = &integer[..]
        {
            self.numbers.push(Numbers {
                file: file.to_owned(),
                name: name.clone(),
                integer: integer.clone(),
                are_flags: false,
                values: BTreeSet::new(),
            });
        }
    }

    /// `pub struct Name: 8 { .. }`, several times.
    fn structs(&mut self, file: &Path, body: &[Token]) -> Option<()> {
        let body = without_aliases(body);
        for (at, _) in body
            .iter()
            .enumerate()
            .filter(|(_, token)| token.is("struct"))
        {
            let [_, Token::Ident(name), Token::Punct(':'), size, ..] = &body[at..] else {
                return None;
            };
            self.structs.push(Struct {
                file: file.to_owned(),
                name: name.clone(),
                size: size.number()?.try_into().ok()?,
            });
        }
        Some(())
    }

    fn name_constants(&mut self, tokens: &[Token]) {
        for at in 0..tokens.len() {
            let here = &tokens[at..];
            let named = match here {
                // 4 IFLA_MTU
                [number @ Token::Literal(_), Token::Ident(name), ..] => Some((name, number)),
                // UP = 0x1 "IFF_UP"
                [
                    Token::Ident(_),
                    Token::Punct('='),
                    number,
                    Token::Text(name),
                    ..,
                ] => Some((name, number)),
                [
                    Token::Ident(word),
                    Token::Ident(name),
                    Token::Punct(':'),
                    ..,
                ] if word == "const" => value_of_constant(here).map(|value| (name, value)),
                [Token::Alias(name), rest @ ..] => {
                    value_of_aliased(rest).map(|value| (name, value))
                }
                _ => None,
            };
            if let Some((name, number)) = named
                && is_c(name)
                && let Some(number) = number.number()
            {
                self.constants.insert(name.clone(), number);
            }
            match &tokens[at] {
                Token::Ident(word) | Token::Text(word) | Token::Alias(word) => {
                    // A flag that the kernel numbers by its bit is `1 << NAME`.
                    let word = word.strip_prefix("1 << ").unwrap_or(word);
                    if is_c(word) {
                        self.words.insert(word.to_owned());
                    }
                }
                _ => {}
            }
        }
    }
}

/// `1 IFLA_ADDRESS Address address: Hardware`.
fn row(tokens: &[Token]) -> Option<Row> {
    let tokens = without_aliases(tokens);
    let colon = tokens
        .iter()
        .position(|token| *token == Token::Punct(':'))?;
    let [number, Token::Ident(c_name), ..] = &tokens[..] else {
        return None;
    };
    Some(Row {
        number: number.number()?.try_into().ok()?,
        c_name: c_name.clone(),
        form: tokens[colon + 1..].iter().map(Token::text).collect(),
    })
}

/// `"vlan" Vlan: Vlan` or `2 Inet: Inet`; None for one without a selector.
fn arm(tokens: &[Token]) -> Option<(String, String)> {
    let tokens = without_aliases(tokens);
    let colon = tokens
        .iter()
        .position(|token| *token == Token::Punct(':'))?;
    let selector = match tokens.first()? {
        Token::Text(text) => text.clone(),
        other => other.number()?.to_string(),
    };
    Some((
        selector,
        tokens[colon + 1..].iter().map(Token::text).collect(),
    ))
}

/// The number behind `ONE =`.
fn value(row: &[Token]) -> Option<i64> {
    let equals = row.iter().position(|token| *token == Token::Punct('='))?;
    match &row[equals + 1..] {
        [Token::Punct('-'), number, ..] => number.number().map(|number| -number),
        [number, ..] => number.number(),
        [] => None,
    }
}

/// The value of `const NAME: Type = 4;` or `= Type(4);`.
fn value_of_constant(tokens: &[Token]) -> Option<&Token> {
    let equals = tokens
        .iter()
        .position(|token| *token == Token::Punct('='))?;
    match &tokens[equals + 1..] {
        [number @ Token::Literal(_), ..] => Some(number),
        [Token::Ident(_), Token::Group('(', inner), ..] => inner.first(),
        _ => None,
    }
}

/// The value of a constant or a row behind its alias.
fn value_of_aliased(tokens: &[Token]) -> Option<&Token> {
    match tokens {
        [Token::Ident(word), rest @ ..] if word == "pub" => value_of_aliased(rest),
        [Token::Ident(word), Token::Ident(_), ..] if word == "const" => value_of_constant(tokens),
        [Token::Ident(_), Token::Punct('='), number, ..] => Some(number),
        _ => None,
    }
}

fn without_visibility(tokens: &[Token]) -> &[Token] {
    match tokens {
        [Token::Alias(_), rest @ ..] => without_visibility(rest),
        [Token::Ident(word), Token::Group('(', _), rest @ ..] if word == "pub" => rest,
        [Token::Ident(word), rest @ ..] if word == "pub" => rest,
        rest => rest,
    }
}

fn without_aliases(tokens: &[Token]) -> Vec<Token> {
    let kept = tokens
        .iter()
        .filter(|token| !matches!(token, Token::Alias(_)));
    kept.cloned().collect()
}

/// True for words such as `IFLA_MTU`.
fn is_c(word: &str) -> bool {
    word.len() > 3
        && word.contains('_')
        && word.starts_with(|first: char| first.is_ascii_uppercase())
        && word
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

fn start(tokens: &[Token]) -> String {
    let words: Vec<_> = tokens.iter().take(5).map(Token::text).collect();
    words.join(" ")
}
