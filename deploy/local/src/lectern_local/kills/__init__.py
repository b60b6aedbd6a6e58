"""`lectern kills`: the demonstration under kill -9 of everything, judged by the client's history and the audit."""
