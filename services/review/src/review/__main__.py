"""`python -m review --role serve`."""

from lectern.runtime.process import main
from review.app import service

if __name__ == "__main__":
    main(service)
