"""The SPARQL endpoint: its protocol, and the processes that answer."""
