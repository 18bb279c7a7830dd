"""Other people's tools on what Knooppunt writes, and Knooppunt on what they write: `make interop`."""
