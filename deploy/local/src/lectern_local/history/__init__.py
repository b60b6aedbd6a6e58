"""`lectern history`: one application's whole story across the four services, each fact with what caused it."""
