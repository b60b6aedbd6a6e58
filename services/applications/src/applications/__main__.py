"""python -m applications --role serve|effects"""

from applications.app import service
from lectern.runtime.process import main

if __name__ == "__main__":
    main(service)
