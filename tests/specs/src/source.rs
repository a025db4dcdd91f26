//! Places of the kernel's specs and headers: the package of a crate that cargo
//! fetches, a folder, or a kernel tree.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::document::Document;
use crate::family::Family;
use crate::names::Names;

/// The crate whose package holds a copy of the kernel's specs.
const PACKAGE: &str = "netlink-bindings";
/// Specs in that package that are its authors' own.
const NOT_THE_KERNELS: &[&str] = &["builtin"];

pub struct Source {
    /// `netlink-bindings 0.3.5`, or the path that was named.
    pub title: String,
    folder: PathBuf,
}

impl Source {
    /// The package in cargo's registry.
    pub fn registry() -> Result<Self, String> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args([
                "metadata",
                "--locked",
                "--format-version",
                "1",
                "--manifest-path",
            ])
            .arg(manifest)
            .output()
            .map_err(|error| format!("cargo: {error}"))?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        let metadata: serde_json::Value =
            serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
        let package = metadata["packages"]
            .as_array()
            .and_then(|packages| packages.iter().find(|package| package["name"] == PACKAGE))
            .ok_or_else(|| format!("{PACKAGE} is not among the dependencies"))?;
        let text = |key: &str| package[key].as_str().unwrap_or_default();
        Ok(Self {
            title: format!("{PACKAGE} {}", text("version")),
            folder: Path::new(text("manifest_path")).with_file_name("src"),
        })
    }

    /// A spec, a folder of specs, or a kernel tree.
    pub fn folder(path: &Path) -> Self {
        let inside = path.join("Documentation/netlink/specs");
        Self {
            title: path.display().to_string(),
            folder: if inside.is_dir() {
                inside
            } else {
                path.to_owned()
            },
        }
    }

    pub fn families(&self, names: &Names) -> Result<Vec<Family>, String> {
        let mut paths = Vec::new();
        collect(&self.folder, &mut paths)?;
        let mut families = Vec::new();
        for path in paths {
            let family = read(&path, names)?;
            if !NOT_THE_KERNELS.contains(&&*family.name) {
                families.push(family);
            }
        }
        if families.is_empty() {
            return Err(format!("no specs in {}", self.folder.display()));
        }
        families.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(families)
    }
}

/// Reads one spec.
pub fn read(path: &Path, names: &Names) -> Result<Family, String> {
    let wrong = |what: String| format!("{}: {what}", path.display());
    let text = fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    let document: Document =
        serde_saphyr::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    Family::new(&document, names).map_err(wrong)
}

/// Finds the specs below a folder; a file is one. Files `.overrides.yaml` are the package's own.
fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), String> {
    if folder.is_file() {
        found.push(folder.to_owned());
        return Ok(());
    }
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            collect(&path, found)?;
        } else if name.ends_with(".yaml") && !name.ends_with(".overrides.yaml") {
            found.push(path);
        }
    }
    Ok(())
}
