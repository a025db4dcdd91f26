"""Writes a call of each public function of a crate, as rustdoc's JSON has it.

    calls.py DOCUMENTATION.json BY_HAND.rs MAKE.rs >CALLS.rs

A function that cannot be called with arguments made of bytes (it takes a
closure or a type) must be a row of BY_HAND.rs, and a type that no function
makes of such arguments must be in MAKE.rs; where it is not, and where a
trait is implemented that this script does not know, it fails.
"""

import json
import re
import sys

# Types for the parameters of generic types: of all, and of some.
SAMPLES = {
    "C": "crate::sample::ByName",
    "S": "crate::sample::Sample",
    "T": "crate::sample::Head",
    "H": "crate::sample::Head",
    "F": "u32",
    "D": "nlwire::route::LinkFlags",
    "N": "4",
    "FAMILY": "1",
}
SAMPLES_OF = {
    "NewLink": {"K": "&'_ str", "A": "core::net::Ipv4Addr", "S": "nlwire::route::link::Gre"},
    "KindSettings": {"A": "crate::sample::SampleAttr<'_>"},
    "Be": {"T": "u32"},
    "NetOrder": {"T": "u32"},
    "Suites": {"S": "nlwire::generic::nl80211::CipherSuite"},
    "MdbGroup": {"T": "core::net::IpAddr"},
    "TunnelSettings": {"A": "core::net::Ipv4Addr", "S": "nlwire::route::link::Gre"},
    "SetLinkKind": {"K": "&'_ str"},
    "NewQdisc": {"K": "&'_ str"},
    "NewClass": {"K": "&'_ str"},
    "NewFilter": {"K": "&'_ str"},
    "RuleRequest": {"V": "nlwire::route::RuleCreation"},
    "StateRequest": {"V": "nlwire::xfrm::StateCreation"},
    "PolicyRequest": {"V": "nlwire::xfrm::PolicyCreation"},
    "WithArray": {"T": "nlwire::xfrm::AeadAlgorithm"},
    "StructAndArray": {"T": "nlwire::xfrm::AeadAlgorithm", "T::Element": "nlwire::codec::SecretBytes<1>"},
    "KeyRange": {"V": "&'_ [u8]"},
    "Row": {"S": "nlwire::generic::ethtool::Rss"},
    "Get": {"S": "nlwire::generic::ethtool::Rss", "S::Set": "nlwire::generic::ethtool::Rss"},
    "Act": {
        "A": "nlwire::generic::ethtool::Features",
        "A::Set": "nlwire::generic::ethtool::Features",
        "S": "nlwire::generic::fou::Fou",
    },
    "Ask": {"S": "nlwire::generic::fou::Fou"},
    "List": {"S": "nlwire::generic::fou::Fou"},
    "Delete": {"S": "nlwire::generic::fou::Fou"},
    "Unnumbered": {"S": "nlwire::generic::thermal::Thermal"},
    "Replied": {"A": "nlwire::generic::ethtool::Features"},
}

# Generic types of which programs know the aliases only, and one of these.
ALIASED = {
    "nlwire::request::object::Act": "nlwire::generic::fou::NewPort<'_>",
    "nlwire::request::object::Ask": "nlwire::generic::fou::GetPort<'_>",
    "nlwire::request::object::List": "nlwire::generic::fou::GetPorts<'_>",
    "nlwire::request::object::Delete": "nlwire::generic::fou::DeletePort<'_>",
    "nlwire::request::object::Unnumbered": "nlwire::generic::thermal::GetZones<'_>",
    "nlwire::sock_diag::ListSockets": "nlwire::sock_diag::GetPacketSockets",
}

# A trait is called by function, given what implements it.
BY_TRAIT = {
    "Choice": "{{ let chosen = <{0} as nlwire::codec::Form>::decode(s.make()?, s.make()?).ok()?;"
    " let set = chosen.set()?; black_box((set.choice(), nlwire::codec::Chosen::<{0}>::from(set))); Some(()) }}",
    "AttributeSet": "crate::generic::set::<{0}>(s)",
    "Encode": None,
    "FamilySet": None,
    "ListHeader": None,
    "Form": "crate::generic::form::<{0}>(s)",
    "Number": "crate::generic::form::<nlwire::codec::Be<{0}>>(s)",
    "FixedHeader": "crate::generic::header::<{0}>(s)",
    "Record": "crate::generic::record::<{0}>(s)",
    "FromStr": "{{ let _ = black_box(s.make::<&str>()?.parse::<{0}>()); Some(()) }}",
    "Display": "{{ let value: {0} = s.make()?; s.print(value); Some(()) }}",
    "Request": "crate::generic::request::<{0}>(s)",
    "Query": "crate::generic::query::<{0}>(s)",
    "Flush": "crate::generic::flush::<{0}>(s)",
    "Serialize": "crate::generic::serialize::<{0}>(s)",
    "AsRef": "{{ let _ = black_box(AsRef::<[u8]>::as_ref(&s.make::<{0}>()?)); Some(()) }}",
    "Iterator": "{{ for item in s.make::<{0}>()? {{ let _ = black_box(item); }} Some(()) }}",
    "IntoIterator": "{{ for item in s.make::<{0}>()? {{ let _ = black_box(item); }} Some(()) }}",
}
# Functions of these are called with arguments that are made.
OPERATORS = {"BitOr", "BitAnd", "BitXor", "Sub", "Not", "From"} | {
    f"{name}Assign" for name in ("BitOr", "BitAnd", "BitXor", "Sub")
}
# What the compiler, bitflags and zerocopy derive; `Debug` may panic.
DERIVED = set(
    """Debug Clone Copy PartialEq StructuralPartialEq Eq Hash Default Immutable IntoBytes
    FromZeros FromBytes TryFromBytes KnownLayout Unaligned Ord PartialOrd Extend FromIterator
    Flags PublicFlags Error FusedIterator LowerHex UpperHex Octal Binary""".split()
)
# Traits without functions, and those that generic.rs calls by what takes them:
# cases by their choices, items and settings by requests, rooms by batches.
ELSEWHERE = {"Described", "Case", "Items", "LinkSettings", "TrafficSettings", "Room", "ByteVec", "Flexible"} | {
    "LinkMessage", "Subject", "Action"
}
# What is implemented for these is called with what they hold.
HOLDERS = {"borrowed_ref", "array", "slice", "generic", "Option"}
# There are only those that nlwire itself has.
STATIC = {"MessageSchema", "Protocol", "Schema"}
# Rows of BY_HAND.rs that call all of a type.
WHOLE = {"Batch", "Object"}
# What a generic type is where its parameter is left out.
DEFAULTS = dict.fromkeys(("NewLink", "NewQdisc", "NewClass", "NewFilter"), "&'_ str")

with open(sys.argv[1]) as file:
    crate = json.load(file)
with open(sys.argv[2]) as file:
    by_hand = set(re.findall(r'^    \(\s*"([^"]+)",', file.read(), re.MULTILINE))
with open(sys.argv[3]) as file:
    rows = re.findall(r"^    ([\w:]+)(?:<.*>)?: \|_?s\||^impl.* Make<'a> for ([\w:]+)", file.read(), re.MULTILINE)
    # By name, or by the end of the path where another type has the name too.
    made = {row or block for row, block in rows}
index = {int(key): item for key, item in crate["index"].items()}
public, calls, makes, missing, encoded, seen = {}, {}, [], [], set(), set()


def walk(module, path):
    """Finds the path by which each item can be named."""
    for item in (index[key] for key in module["items"] if key in index):
        kind, inner = next(iter(item["inner"].items()))
        if kind == "use":
            target = index.get(inner["id"])
            if target is None:
                continue
            if inner["is_glob"]:
                walk(target["inner"]["module"], path)
            else:
                public.setdefault(inner["id"], f"{path}::{inner['name']}")
                if "module" in target["inner"]:
                    walk(target["inner"]["module"], f"{path}::{inner['name']}")
        elif kind == "module":
            walk(inner, f"{path}::{item['name']}")
        else:
            public.setdefault(item["id"], f"{path}::{item['name']}")


context = {}


def render(kind):
    """A type as Rust has it, of sample types where it is generic."""
    name, inner = next(iter(kind.items()))
    if name == "primitive":
        return inner
    if name == "generic":
        return context.get(inner) or SAMPLES[inner]
    if name == "qualified_path":
        return context[f"{inner['self_type']['generic']}::{inner['name']}"]
    if name == "tuple":
        return f"({', '.join(map(render, inner))})"
    if name == "slice":
        return f"[{render(inner)}]"
    if name == "array":
        return f"[{render(inner['type'])}; {SAMPLES.get(inner['len'], inner['len'])}]"
    if name == "borrowed_ref":
        return f"&'_ {render(inner['type'])}"
    if name == "resolved_path":
        path = public.get(inner["id"]) or {
            "Option": "Option",
            "IpAddr": "core::net::IpAddr",
            "Ipv4Addr": "core::net::Ipv4Addr",
            "Ipv6Addr": "core::net::Ipv6Addr",
            "CStr": "core::ffi::CStr",
            "RangeInclusive": "core::ops::RangeInclusive",
            "Duration": "core::time::Duration",
        }.get(inner["path"].split("::")[-1])
        if path is None:
            raise KeyError(inner["path"])
        if path in ALIASED:
            return ALIASED[path]
        arguments = (inner["args"] or {}).get("angle_bracketed", {}).get("args", [])
        rendered = ["'_" if "lifetime" in a else render(a["type"]) if "type" in a else "64" for a in arguments]
        if not any("type" in a for a in arguments) and path.split("::")[-1] in DEFAULTS:
            rendered.append(DEFAULTS[path.split("::")[-1]])
        return path + (f"<{', '.join(rendered)}>" if rendered else "")
    raise KeyError(name)


def bound(bounds):
    """The trait of `impl Trait` or `dyn Trait`, and the type in its brackets."""
    found = (bound.get("trait_bound", bound)["trait"] for bound in bounds if "outlives" not in bound)
    trait = next(found)
    arguments = ((trait["args"] or {}).get("angle_bracketed") or {}).get("args", [])
    return trait["path"].split("::")[-1], next((a["type"] for a in arguments if "type" in a), None)


def argument(kind, owner, lasting=False):
    """An expression for an argument, whose type is inferred. What lasts refers
    to nothing that ends with the call."""
    if "impl_trait" in kind:
        trait, target = bound(kind["impl_trait"])
        if trait != "Into":
            raise KeyError(trait)
        return f"s.make::<{render(target)}>()?"
    reference = kind.get("borrowed_ref")
    if reference and "dyn_trait" in reference["type"]:
        trait, target = bound(reference["type"]["dyn_trait"]["traits"])
        if trait == "Items":
            if lasting:
                return "&crate::generic::Nothing"
            return f"&[crate::generic::item::<{render(target)}>(s)?]"
        if trait == "Request":
            return "&s.make::<nlwire::MessageRef<'_>>()?"
        raise KeyError(trait)
    if reference and reference["lifetime"] == "'static" and reference["type"] == {"primitive": "str"}:
        return 'black_box("SAMPLE")'
    if reference is None or reference["lifetime"] == "'static":
        return "s.make()?"
    inner = next(iter(reference["type"].items()))
    if inner[0] == "slice" and reference["is_mutable"]:
        return "black_box(&mut [Default::default(); 64][..])"
    if inner[0] == "slice" and inner[1] != {"primitive": "u8"}:
        return "&[]" if lasting else "&[s.make()?, s.make()?]"
    if inner[0] in ("slice", "array") or inner == ("primitive", "str"):
        return "s.make()?"
    path = owner[1:-1] if inner == ("generic", "Self") else render(reference["type"])
    if path == "core::ffi::CStr":
        return "s.make()?"
    if path.split("::")[-1] in STATIC:
        return f"s.make::<&'static {path}>()?"
    return "&mut s.make()?" if reference["is_mutable"] else "&s.make()?"


def takes_more(function):
    """Whether type parameters or closures must be given."""
    def plain(parameter):
        kind = parameter["kind"]
        return "lifetime" in kind or kind.get("type", {}).get("is_synthetic")

    return not all(map(plain, function["generics"]["params"]))


def iterates(function):
    output = function["sig"]["output"] or {}
    if "impl_trait" in output:
        return bound(output["impl_trait"])[0].endswith("Iterator")
    path = output.get("resolved_path", {})
    return path.get("id") in iterators


def call(owner, item):
    """The call of one function, by its path."""
    inputs = [kind for _, kind in item["inner"]["function"]["sig"]["inputs"]]
    path = f"{owner}::{item['name']}" if owner else public[item["id"]]
    if owner == "<nlwire::Writer<'_>>" and item["inner"]["function"]["sig"]["inputs"][0][0] == "self":
        rest = "".join(f", {argument(kind, owner)}" for kind in inputs[1:])
        return f"{{ s.write(|w, s| {{ let _ = black_box({path}(w{rest})); Some(()) }}); Some(()) }}"
    expression = f"{path}({', '.join(argument(kind, owner) for kind in inputs)})"
    if iterates(item["inner"]["function"]):
        return f"{{ for item in {expression} {{ let _ = black_box(item); }} Some(()) }}"
    # Some requests must not outlive the attributes that they are given.
    shorter = "let s = &mut s.shorter(); " if "crate::generic::item" in expression else ""
    return f"{{ {shorter}let _ = black_box({expression}); Some(()) }}"


def inherent(item, path, owner):
    name = f"{path.split('::')[-1]}::{item['name']}"
    seen.add(name)
    if path in WHOLE or name in by_hand:
        return
    if takes_more(item["inner"]["function"]):
        missing.append(name)
        return
    calls[f"{path}::{item['name']}"] = call(owner, item)


def implementation(item):
    impl = item["inner"]["impl"]
    if impl["is_synthetic"] or impl["blanket_impl"] or impl["is_negative"]:
        return
    trait = (impl["trait"] or {"path": ""})["path"].split("::")[-1]
    owner = impl["for"].get("resolved_path", {}).get("path", "").split("::")[-1]
    if trait in DERIVED | ELSEWHERE or trait and HOLDERS & {*impl["for"], owner}:
        return
    focus(impl["for"])
    if owner in WHOLE:
        return
    try:
        rendered = owner_of(item)
    except KeyError as unknown:
        # What nlwire implements for heapless is called by hand.
        if unknown.args != ("heapless::Vec",):
            missing.append(f"what is implemented for a type with {unknown}")
        return
    full = re.sub(r"<.*>", "", rendered).removeprefix("nlwire::")
    name = full.split("::")[-1]
    if impl["trait"] is None:
        for key in impl["items"]:
            child = index.get(key)
            if child and "function" in child["inner"] and child["visibility"] == "public":
                inherent(child, full, f"<{rendered}>")
        return
    if trait == "From" and name in ("Chosen", "Nested"):
        return  # called with each Choice, and by hand
    if trait in OPERATORS:
        arguments = (impl["trait"]["args"] or {}).get("angle_bracketed", {}).get("args", [])
        parameters = ", ".join("'_" if "lifetime" in a else render(a["type"]) for a in arguments)
        owner = f"<{rendered} as {trait}<{parameters}>>" if parameters else f"<{rendered} as {trait}>"
        for key in impl["items"]:
            child = index[key]
            if "function" in child["inner"]:
                calls[f"{full} as {trait}<{parameters}>::{child['name']}"] = call(owner, child)
    elif trait in BY_TRAIT:
        if trait == "Request" and any("type" in p["kind"] for p in impl["generics"]["params"]):
            # By each type that has a constructor.
            kind = public.get(impl["for"]["resolved_path"]["id"])
            made_here = {one for one in done if re.sub(r"<.*>", "", one) == f"nlwire::{full}"}
            for instance in made_here | instances.get(kind, set()):
                calls[f"{instance} as Request"] = BY_TRAIT[trait].format(instance)
        elif BY_TRAIT[trait]:
            calls[f"{full} as {trait}"] = BY_TRAIT[trait].format(rendered)
        else:
            encoded.add(name)
    else:
        missing.append(f"the trait {trait} of {name}")


def focus(kind):
    """Takes the sample types of what is to be rendered, and of its parameters."""
    context.clear()
    kinds = [kind]
    while kinds:
        path = kinds.pop().get("resolved_path", {})
        context.update(SAMPLES_OF.get(path.get("path", "").split("::")[-1], {}))
        arguments = (path.get("args") or {}).get("angle_bracketed", {}).get("args", [])
        kinds += [argument["type"] for argument in arguments if "type" in argument]


def is_made(path):
    """True if MAKE.rs makes the type."""
    return any(path.endswith(f"::{row}") or path == row for row in made)


def owner_of(item):
    """The type that a block of functions is for: an alias, if its text names one."""
    found = re.fullmatch(r"Constructors of \[`(\w+)`\]\.", item["docs"] or "")
    if found is None:
        return render(item["inner"]["impl"]["for"])
    file = item["span"]["filename"]
    aliases = (one for one in index.values() if "type_alias" in one["inner"] and one["name"] == found[1])
    alias = next(one for one in aliases if one["span"]["filename"] == file)
    parameters = alias["inner"]["type_alias"]["generics"]["params"]
    path = public[alias["id"]] + ("<'_>" if parameters else "")
    kind = public[item["inner"]["impl"]["for"]["resolved_path"]["id"]]
    instances.setdefault(kind, set()).add(path)
    return path


def build(owner, first, item):
    """A constructor, or a method that gives back what it changed."""
    inputs = [kind for _, kind in item["inner"]["function"]["sig"]["inputs"]][first:]
    for kind in inputs:
        if kind.get("borrowed_ref", {}).get("lifetime") == "'static":
            raise KeyError("'static")
    arguments = [argument(kind, owner, lasting=True) for kind in inputs]
    return f"{owner}::{item['name']}({', '.join(['value'][:first] + arguments)})"


def builders():
    """How each type with constructors is made: by one of them, and one change."""
    found = {}
    for item in implementations:
        impl = item["inner"]["impl"]
        if impl["trait"] or impl["is_synthetic"]:
            continue
        focus(impl["for"])
        try:
            rendered = owner_of(item)
        except KeyError:
            continue
        constructors, changes = found.setdefault(rendered, ([], []))
        for child in (index[key] for key in impl["items"] if key in index):
            if "function" not in child["inner"] or child["visibility"] != "public":
                continue
            signature = child["inner"]["function"]["sig"]
            if takes_more(child["inner"]["function"]):
                continue
            output, suffix = signature["output"], ""
            wrapper = (output or {}).get("resolved_path", {}).get("path", "").split("::")[-1]
            if wrapper in ("Option", "Result"):
                output = output["resolved_path"]["args"]["angle_bracketed"]["args"][0]["type"]
                suffix = "?" if wrapper == "Option" else ".ok()?"
            first = signature["inputs"][:1]
            takes_self = bool(first) and first[0][0] == "self"
            try:
                if output != {"generic": "Self"} and output != impl["for"]:
                    continue
                if takes_self and first[0][1] == {"generic": "Self"}:
                    changes.append(build(f"<{rendered}>", 1, child) + suffix)
                elif not takes_self:
                    constructors.append(build(f"<{rendered}>", 0, child) + suffix)
            except KeyError:
                continue
    for item in implementations:
        impl = item["inner"]["impl"]
        if impl["trait"] and impl["trait"]["path"].split("::")[-1] == "Choice":
            for child in (index[key] for key in impl["items"] if key in index):
                if child["name"] == "Sets" and "assoc_type" in child["inner"]:
                    choice, sets = render(impl["for"]), render(child["inner"]["assoc_type"]["type"])
                    done.add(sets)
                    sets = sets.replace("'_", "'a")
                    made_by = f"<{choice} as nlwire::codec::Form>::decode(s.make()?, s.make()?).ok()?.set()?"
                    makes.append(f"crate::make::makes! {{ {sets}: |s| {made_by}; }}")
    for rendered, (constructors, changes) in found.items():
        path = re.sub(r"<.*>", "", rendered)
        constructors = [one for one in constructors if "&mut" not in one]
        if not constructors or is_made(path) or path.split("::")[-1] in WHOLE or rendered in done:
            continue
        first, *others = constructors
        arms = "".join(f" {place} => {one}," for place, one in enumerate(others))
        body = f"let mut value = match s.make::<u8>()? {{{arms} _ => {first} }};"
        if changes:
            arms = "".join(f" {place} => value = {one}," for place, one in enumerate(changes))
            body += f" match s.make::<u8>()? {{{arms} _ => {{}} }}"
        done.add(rendered)
        # The optimizer learns nothing of what was not changed.
        body = f"{{ #[allow(unused_mut)] {body} black_box(value) }}".replace("'_", "'a")
        makes.append(f"crate::make::makes! {{ {rendered.replace(chr(39) + '_', chr(39) + 'a')}: |s| {body}; }}")


def traits_of(declared):
    implemented = (index[key]["inner"]["impl"]["trait"] for key in declared["impls"] if key in index)
    return {trait["path"].split("::")[-1] for trait in implemented if trait}


def made_of_bytes(item):
    """Whether `how_to_make` needs no constructor."""
    declared = item["inner"].get("struct") or item["inner"].get("enum")
    if declared is None:
        return False
    if traits_of(declared) & {"PublicFlags", "Flags", "FromBytes"}:
        return True
    fields = (declared.get("kind") or {}) if "struct" in item["inner"] else {}
    field = index.get(fields["tuple"][0]) if "tuple" in fields and len(fields["tuple"]) == 1 else None
    return bool(field) and field["visibility"] == "public" and "primitive" in field["inner"]["struct_field"]


def how_to_make(key, path):
    """Makes what families declare: structs of bytes, numbers, flags and views."""
    item = index[key]
    declared = item["inner"].get("struct") or item["inner"].get("enum")
    if declared is None or is_made(path):
        return
    parameters = declared["generics"]["params"]
    if any("lifetime" not in parameter["kind"] for parameter in parameters):
        return
    if parameters:
        path += f"<{', '.join(chr(39) + 'a' for _ in parameters)}>"
    traits = traits_of(declared)
    kind = declared.get("kind")
    field = None
    if kind == "unit" and "non_exhaustive" not in str(item["attrs"]):
        makes.append(f"crate::make::makes! {{ {path}: |s| {path}; }}")
        return
    if kind and "tuple" in kind and len(kind["tuple"]) == 1:
        field = index.get(kind["tuple"][0])
    if "PublicFlags" in traits or "Flags" in traits:
        makes.append(f"crate::make::makes! {{ {path}: |s| {path}::from_bits_retain(s.make()?); }}")
    elif "FromBytes" in traits:
        makes.append(f"crate::make::structs! {{ {path} }}")
    elif field and field["visibility"] == "public" and "primitive" in field["inner"]["struct_field"]:
        makes.append(f"crate::make::makes! {{ {path}: |s| {path}(s.make()?); }}")
    elif key in makers and path.replace("'a", "'_") not in done:
        makes.append(f"crate::make::makes! {{ {path}: |s| {makers[key]}; }}")


def find_makers():
    """Functions that return a type, or it and an error: of each type one, `new` first."""
    for item in implementations:
        impl = item["inner"]["impl"]
        if impl["trait"] or "resolved_path" not in impl["for"] or impl["generics"]["params"] and any(
            "lifetime" not in p["kind"] for p in impl["generics"]["params"]
        ):
            continue
        owner = impl["for"]["resolved_path"]["id"]
        focus(impl["for"])
        for child in (index[key] for key in impl["items"] if key in index):
            if "function" not in child["inner"] or takes_more(child["inner"]["function"]):
                continue
            if child["visibility"] != "public" or owner not in public:
                continue
            output, suffix = child["inner"]["function"]["sig"]["output"], ""
            wrapper = (output or {}).get("resolved_path", {}).get("path", "").split("::")[-1]
            if wrapper in ("Option", "Result"):
                output = output["resolved_path"]["args"]["angle_bracketed"]["args"][0]["type"]
                suffix = "?" if wrapper == "Option" else ".ok()?"
            if output == {"generic": "Self"} and child["name"] == "new":
                target = owner
            elif output and "resolved_path" in output and output["resolved_path"]["id"] != owner:
                target = output["resolved_path"]["id"]
            else:
                continue
            if target in makers and child["name"] != "new":
                continue
            inputs = [kind for _, kind in child["inner"]["function"]["sig"]["inputs"]]
            references = [kind.get("borrowed_ref", {}) for kind in inputs]
            if any(one.get("lifetime") == "'static" and "primitive" in one["type"] for one in references):
                continue
            try:
                path = f"<{owner_of(item)}>"
                arguments = ", ".join(argument(kind, path) for kind in inputs)
            except KeyError:
                continue
            if "&mut" in arguments:
                continue
            makers[target] = f"{path}::{child['name']}({arguments}){suffix}"


root = index[crate["root"]]
walk(root["inner"]["module"], "nlwire")
implementations = [item for item in index.values() if "impl" in item["inner"]]
iterators = {
    item["inner"]["impl"]["for"]["resolved_path"]["id"]
    for item in implementations
    if (item["inner"]["impl"]["trait"] or {}).get("path") == "Iterator"
    and "resolved_path" in item["inner"]["impl"]["for"]
}
makers, done, instances = {}, set(), {}
find_makers()
by_bytes = {path for key, path in public.items() if made_of_bytes(index[key])}
done |= by_bytes
builders()
for key, path in public.items():
    how_to_make(key, path)
    item = index[key]
    if "function" in item["inner"]:
        name = path.removeprefix("nlwire::")
        if takes_more(item["inner"]["function"]) and name not in by_hand:
            missing.append(name)
        elif name not in by_hand:
            calls[name] = call("", item)
for item in implementations:
    implementation(item)
# A set whose attributes can be written is written too.
for item in implementations:
    impl = item["inner"]["impl"]
    if (impl["trait"] or {}).get("path") == "AttributeSet":
        focus(impl["for"])
        for key in impl["items"]:
            child = index[key]
            if "assoc_type" in child["inner"]:
                attribute = child["inner"]["assoc_type"]["type"]["resolved_path"]["path"]
                if attribute.split("::")[-1] in encoded:
                    path = render(impl["for"])
                    calls[f"{path} as Encode"] = f"crate::generic::put::<{path}>(s)"

unknown = {row for row in by_hand if "::" in row} - seen
if missing or unknown or not calls:
    for name in missing:
        print(f"by_hand.rs does not call {name}", file=sys.stderr)
    for name in unknown:
        print(f"by_hand.rs calls {name}, which nlwire does not have", file=sys.stderr)
    sys.exit(1)

print("use core::hint::black_box;\nuse core::ops::*;\nuse crate::{Call, Source};\nuse crate::make::Make;")
print("\n".join(makes))
protocols = [f"&{path}" for path in public.values() if path.endswith("::PROTOCOL")]
print(f"pub const PROTOCOLS: &[&nlwire::schema::Protocol] = &[{', '.join(protocols)}];")
print("pub const CALLS: &[(&str, Call)] = &[")
for name, body in sorted(calls.items()):
    print(f"    ({json.dumps(name)}, |s| {body}),")
print("];")
print(f"{len(calls)} calls, {len(by_hand)} rows by hand", file=sys.stderr)
