"""`python -m lectern_local.bench.second`: the hearing service, run as any service is."""

from lectern.runtime.process import main
from lectern_local.bench.pair import second

if __name__ == "__main__":
    main(second)
