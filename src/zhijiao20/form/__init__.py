"""The official Word form: found by its wording, filled in place, read back."""

from zhijiao20.form.errors import FormError
from zhijiao20.form.fill import Form, fill, fill_into, open_form, problems, replaced, without_place
from zhijiao20.form.read import read_form

__all__ = ["Form", "FormError", "fill", "fill_into", "open_form", "problems", "read_form", "replaced", "without_place"]
