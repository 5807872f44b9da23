"""Known without an account: people whom the villagers know, told by what they do and where they live."""
