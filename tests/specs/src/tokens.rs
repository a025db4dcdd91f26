//! Rust source as a tree of tokens, without comments and attributes; of these
//! only `doc(alias = "..")` stays, which gives the C name of what follows.

use std::str::FromStr as _;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    Ident(String),
    Punct(char),
    /// A literal other than a string, as written.
    Literal(String),
    Text(String),
    Alias(String),
    Group(char, Vec<Token>),
}

pub fn parse(source: &str) -> Result<Vec<Token>, String> {
    let stream = TokenStream::from_str(source).map_err(|error| error.to_string())?;
    Ok(convert(stream))
}

fn convert(stream: TokenStream) -> Vec<Token> {
    let mut found = Vec::new();
    let mut tokens = stream.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                tokens.next_if(|next| matches!(next, TokenTree::Punct(p) if p.as_char() == '!'));
                if let Some(TokenTree::Group(attribute)) = tokens.next() {
                    found.extend(alias(&convert(attribute.stream())));
                }
            }
            TokenTree::Punct(punct) => found.push(Token::Punct(punct.as_char())),
            TokenTree::Ident(ident) => found.push(Token::Ident(ident.to_string())),
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                let quoted = text
                    .strip_prefix('"')
                    .and_then(|text| text.strip_suffix('"'));
                found.push(match quoted {
                    Some(quoted) => Token::Text(quoted.to_owned()),
                    None => Token::Literal(text),
                });
            }
            TokenTree::Group(group) => {
                let delimiter = match group.delimiter() {
                    Delimiter::Parenthesis => '(',
                    Delimiter::Brace => '{',
                    Delimiter::Bracket => '[',
                    Delimiter::None => ' ',
                };
                found.push(Token::Group(delimiter, convert(group.stream())));
            }
        }
    }
    found
}

fn alias(attribute: &[Token]) -> Option<Token> {
    let [Token::Ident(doc), Token::Group('(', inner)] = attribute else {
        return None;
    };
    match &inner[..] {
        [Token::Ident(alias), Token::Punct('='), Token::Text(name)]
            if doc == "doc" && alias == "alias" =>
        {
            Some(Token::Alias(name.clone()))
        }
        _ => None,
    }
}

impl Token {
    pub fn is(&self, word: &str) -> bool {
        matches!(self, Self::Ident(ident) if ident == word)
    }

    /// The integer of a literal, whatever its suffix.
    pub fn number(&self) -> Option<i64> {
        let Self::Literal(text) = self else {
            return None;
        };
        let text = text.replace('_', "");
        let (digits, radix) = match text.strip_prefix("0x") {
            Some(digits) => (digits, 16),
            None => (&text[..], 10),
        };
        let end = digits.find(['u', 'i']).unwrap_or(digits.len());
        i64::from_str_radix(&digits[..end], radix).ok()
    }

    /// The token as it is written in a type, without spaces.
    pub fn text(&self) -> String {
        match self {
            Self::Ident(text) | Self::Literal(text) => text.clone(),
            Self::Punct(punct) => punct.to_string(),
            Self::Text(text) => format!("\"{text}\""),
            Self::Alias(_) => String::new(),
            Self::Group(open, inner) => {
                let close = match open {
                    '(' => ")",
                    '[' => "]",
                    '{' => "}",
                    _ => "",
                };
                let inner: String = inner.iter().map(Self::text).collect();
                format!("{open}{inner}{close}")
            }
        }
    }
}

/// Splits tokens at a character that stands outside of angle brackets.
pub fn split(tokens: &[Token], at: char) -> Vec<&[Token]> {
    let mut depth = 0_i32;
    let parts = tokens.split(|token| {
        match token {
            Token::Punct('<') => depth += 1,
            Token::Punct('>') => depth -= 1,
            _ => {}
        }
        depth == 0 && *token == Token::Punct(at)
    });
    parts.filter(|part| !part.is_empty()).collect()
}
