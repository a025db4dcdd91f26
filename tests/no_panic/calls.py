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

# Types for the parameters of generic types.
SAMPLES = {"C": "crate::sample::ByName", "S": "crate::sample::Sample", "T": "crate::sample::Head"}

# A trait is called by function, given what implements it.
BY_TRAIT = {
    "Choice": "{{ let chosen = <{0} as nlwire::codec::Form>::decode(s.make()?, s.make()?).ok()?;"
    " black_box((nlwire::codec::Choice::set(chosen.choice(), s.make()?), nlwire::codec::Chosen::<{0}>::from(chosen.set()))); Some(()) }}",
    "AttributeSet": "crate::generic::set::<{0}>(s)",
    "Encode": None,
    "Form": "crate::generic::form::<{0}>(s)",
    "Number": "crate::generic::form::<nlwire::codec::Be<{0}>>(s)",
    "FixedHeader": "crate::generic::header::<{0}>(s)",
    "Record": "crate::generic::record::<{0}>(s)",
    "FromStr": "{{ let _ = black_box(s.make::<&str>()?.parse::<{0}>()); Some(()) }}",
    "Display": "{{ let value: {0} = s.make()?; s.print(value); Some(()) }}",
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
# There are only those that nlwire itself has.
STATIC = {"MessageSchema", "Protocol", "Row", "Schema"}
# Rows of BY_HAND.rs that call all of a type.
WHOLE = {"Batch"}

with open(sys.argv[1]) as file:
    crate = json.load(file)
with open(sys.argv[2]) as file:
    by_hand = set(re.findall(r'^    \(\s*"([^"]+)",', file.read(), re.MULTILINE))
with open(sys.argv[3]) as file:
    made = {path.split("::")[-1] for path in re.findall(r"^    ([\w:]+)(?:<.*>)?: \|s\|", file.read(), re.MULTILINE)}
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


def render(kind):
    """A type as Rust has it, of sample types where it is generic."""
    name, inner = next(iter(kind.items()))
    if name == "primitive":
        return inner
    if name == "generic":
        return SAMPLES[inner]
    if name == "tuple":
        return f"({', '.join(map(render, inner))})"
    if name == "slice":
        return f"[{render(inner)}]"
    if name == "borrowed_ref":
        return f"&'_ {render(inner['type'])}"
    if name == "resolved_path":
        path = public.get(inner["id"]) or {
            "Option": "Option",
            "IpAddr": "core::net::IpAddr",
        }.get(inner["path"].split("::")[-1])
        if path is None:
            raise KeyError(inner["path"])
        arguments = (inner["args"] or {}).get("angle_bracketed", {}).get("args", [])
        rendered = ["'_" if "lifetime" in a else render(a["type"]) if "type" in a else "64" for a in arguments]
        return path + (f"<{', '.join(rendered)}>" if rendered else "")
    raise KeyError(name)


def argument(kind, owner):
    """An expression for an argument, whose type is inferred."""
    reference = kind.get("borrowed_ref")
    if reference is None or reference["lifetime"] == "'static":
        return "s.make()?"
    inner = next(iter(reference["type"].items()))
    if inner[0] == "slice" and reference["is_mutable"]:
        return "black_box(&mut [0; 64][..])"
    if inner[0] == "slice" or inner == ("primitive", "str"):
        return "s.make()?"
    path = owner[1:-1] if inner == ("generic", "Self") else render(reference["type"])
    if path.split("::")[-1] in STATIC:
        return f"s.make::<&'static {path}>()?"
    return "&mut s.make()?" if reference["is_mutable"] else "&s.make()?"


def takes_more(function):
    """Whether type parameters or closures must be given."""
    return any("lifetime" not in p["kind"] for p in function["generics"]["params"])


def iterates(function):
    output = function["sig"]["output"] or {}
    if "impl_trait" in output:
        return True
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
    return f"{{ let _ = black_box({expression}); Some(()) }}"


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
    try:
        rendered = render(impl["for"])
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
    trait = impl["trait"]["path"].split("::")[-1]
    if trait in DERIVED or name in WHOLE:
        return
    if trait == "From" and name == "Chosen":
        return  # called with each Choice
    if trait in OPERATORS:
        arguments = (impl["trait"]["args"] or {}).get("angle_bracketed", {}).get("args", [])
        parameters = ", ".join("'_" if "lifetime" in a else render(a["type"]) for a in arguments)
        owner = f"<{rendered} as {trait}<{parameters}>>" if parameters else f"<{rendered} as {trait}>"
        for key in impl["items"]:
            child = index[key]
            if "function" in child["inner"]:
                calls[f"{full} as {trait}<{parameters}>::{child['name']}"] = call(owner, child)
    elif trait in BY_TRAIT:
        if BY_TRAIT[trait]:
            calls[f"{full} as {trait}"] = BY_TRAIT[trait].format(rendered)
        else:
            encoded.add(name)
    else:
        missing.append(f"the trait {trait} of {name}")


def how_to_make(key, path):
    """Makes what families declare: structs of bytes, numbers, flags and views."""
    item = index[key]
    declared = item["inner"].get("struct") or item["inner"].get("enum")
    if declared is None or item["name"] in made:
        return
    parameters = declared["generics"]["params"]
    if any("lifetime" not in parameter["kind"] for parameter in parameters):
        return
    if parameters:
        path += f"<{', '.join(chr(39) + 'a' for _ in parameters)}>"
    traits = set()
    for impl in declared["impls"]:
        trait = index[impl]["inner"]["impl"]["trait"] if impl in index else None
        if trait:
            traits.add(trait["path"].split("::")[-1])
    kind = declared.get("kind")
    field = None
    if kind and "tuple" in kind and len(kind["tuple"]) == 1:
        field = index.get(kind["tuple"][0])
    if "PublicFlags" in traits or "Flags" in traits:
        makes.append(f"crate::make::makes! {{ {path}: |s| {path}::from_bits_retain(s.make()?); }}")
    elif "FromBytes" in traits:
        makes.append(f"crate::make::structs! {{ {path} }}")
    elif field and field["visibility"] == "public" and "primitive" in field["inner"]["struct_field"]:
        makes.append(f"crate::make::makes! {{ {path}: |s| {path}(s.make()?); }}")
    elif key in makers:
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
            try:
                path = f"<{render(impl['for'])}>"
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
makers = {}
find_makers()
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
