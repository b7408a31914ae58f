"""Harness: real browsers and real notebook servers, for whoever proves something of the faces. Each of its parts is one file here."""
