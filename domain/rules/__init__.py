"""The law, the methods and the house rules as dated data, one TOML file each; adapters hand them in."""
