"""python -m district_worklog --role serve"""

from district_worklog.app import service
from lectern.runtime.process import main

if __name__ == "__main__":
    main(service)
