"""The page kit: everything the services' pages and APIs have in common."""

from lectern.web.accounts import Accounts, LoginTaken, Session, TooManyTries, WeakPassword
from lectern.web.allowance import Allowance
from lectern.web.api import api_call, idempotency_key
from lectern.web.app import bare_app, create_app, furnish
from lectern.web.correlation import Correlation, correlation_of
from lectern.web.errors import Problem, SignInNeeded, TooMuch, Updating
from lectern.web.fields import ApiModel, FormDate, FormModel, Says, Secret, Ticked, YesNo
from lectern.web.files import attached_document, attached_pdf
from lectern.web.forms import Filled, blank
from lectern.web.freshness import Freshness, asked_position, reached, waits_for
from lectern.web.kit import kit_of, visitor
from lectern.web.lists import list_address, remember_list
from lectern.web.pages import local_path, render, see_other
from lectern.web.parts import (
    Check,
    Column,
    Entry,
    Fact,
    Figure,
    Page,
    Step,
    StepState,
    Tab,
    Task,
    TaskGroup,
    TaskState,
    Todo,
)
from lectern.web.principal import Principal, Role, Visitor
from lectern.web.reading import read_form, read_query
from lectern.web.sealing import opened_state, sealed_state
from lectern.web.shown_files import ShownFile, shown_file
from lectern.web.sign_in import sign_in
from lectern.web.signing import remember, signed_in
from lectern.web.site import Link, NavLink, Site, WebSettings
from lectern.web.uploads import FILE, ApiUpload, Upload, read_api_upload, read_upload, upload_schema

__all__ = [
    "FILE", "Accounts", "Allowance", "ApiModel", "ApiUpload", "Check", "Column", "Correlation", "Entry", "Fact",
    "Figure", "Filled", "FormDate", "FormModel", "Freshness", "Link", "LoginTaken", "NavLink", "Page", "Principal",
    "Problem", "Role", "Says", "Secret", "Session", "ShownFile", "SignInNeeded", "Site", "Step", "StepState", "Tab",
    "Task", "TaskGroup", "TaskState", "Ticked", "Todo", "TooManyTries", "TooMuch", "Updating", "Upload", "Visitor",
    "WeakPassword", "WebSettings", "YesNo", "api_call", "asked_position", "attached_document", "attached_pdf",
    "bare_app", "blank", "correlation_of", "create_app", "furnish", "idempotency_key", "kit_of", "list_address",
    "local_path", "opened_state", "reached", "read_api_upload", "read_form", "read_query", "read_upload", "remember",
    "remember_list", "render", "sealed_state", "see_other", "shown_file", "sign_in", "signed_in", "upload_schema",
    "visitor", "waits_for",
]  # fmt: skip
