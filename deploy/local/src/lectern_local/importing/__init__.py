"""`lectern import`: the state's CSV files, row by row through the API of the service that owns them."""
