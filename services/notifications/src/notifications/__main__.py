"""python -m notifications --role serve"""

from lectern.runtime.process import main
from notifications.app import service

if __name__ == "__main__":
    main(service)
