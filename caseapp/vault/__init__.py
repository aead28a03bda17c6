"""Secrecy: keys, sealed rows and files, the encrypted engine; the sole importer of cryptography."""
