#![cfg_attr(feature = "libfuzzer", no_main)]
nlwire_fuzz::target!(audit);
