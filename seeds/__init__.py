"""The bundled kits: curated YAML that is read as data."""
