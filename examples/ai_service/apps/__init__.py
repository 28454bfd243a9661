"""The applications, one file each; each exports exactly the catalog of its role."""
