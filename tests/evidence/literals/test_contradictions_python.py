from collections.abc import Callable
from typing import Any

import pytest


def change(files: dict[str, str], path: str, old: str, new: str) -> tuple[dict[str, str], dict[str, str]]:
    """`files` before and after: `@@` in the file at `path` is `old`, then `new`."""
    return {**files, path: files[path].replace("@@", old)}, {path: files[path].replace("@@", new)}


PYTHON = [
    pytest.param(
        {
            "a.py": (
                "def check(password):\n"
                "    if len(password) < 5:\n"
                '        raise ValueError("Password must be at least @@ characters")\n'
            )
        },
        "a.py",
        "5",
        "3",
        id="py-same-if",
    ),
    pytest.param(
        {
            "limits.py": "MIN_PASSWORD = 5\n",
            "a.py": (
                "from limits import MIN_PASSWORD\n"
                "\n"
                "def check(password):\n"
                "    if len(password) < MIN_PASSWORD:\n"
                '        raise ValueError("Password must be at least @@ characters")\n'
            ),
        },
        "a.py",
        "5",
        "3",
        id="py-const-other-file",
    ),
    pytest.param(
        {
            "limits.py": "MIN_PASSWORD = @@\n",
            "a.py": (
                "from limits import MIN_PASSWORD\n"
                "\n"
                "def check(password):\n"
                "    if len(password) < MIN_PASSWORD:\n"
                '        raise ValueError("Password must be at least 3 characters")\n'
            ),
        },
        "limits.py",
        "3",
        "5",
        id="py-const-changed",
    ),
    pytest.param(
        {
            "locale/en.yml": (
                'en:\n  errors:\n    password:\n      too_short: "Must be at least @@ characters"\n'
            ),
            "views.py": (
                "from rules import is_too_short\n"
                "\n"
                "def signup(request):\n"
                '    if is_too_short(request.form["password"]):\n'
                '        flash(t("errors.password.too_short"))\n'
                "    return 1\n"
            ),
            "rules.py": ("MIN = 5\n\n\ndef is_too_short(value):\n    return len(value) < MIN\n"),
        },
        "locale/en.yml",
        "5",
        "3",
        id="py-yaml-template",
    ),
    pytest.param(
        {
            "locale/en.yml": (
                'en:\n  errors:\n    password:\n      too_short: "Must be at least 3 characters"\n'
            ),
            "views.py": (
                "from rules import is_too_short\n"
                "\n"
                "def signup(request):\n"
                '    if is_too_short(request.form["password"]):\n'
                '        flash(t("errors.password.too_short"))\n'
                "    return 1\n"
            ),
            "rules.py": ("MIN = @@\n\n\ndef is_too_short(value):\n    return len(value) < MIN\n"),
        },
        "rules.py",
        "3",
        "5",
        id="py-yaml-const-changed",
    ),
    pytest.param(
        {
            "forms.py": (
                "class SignupForm(forms.Form):\n"
                "    username = forms.CharField(min_length=3)\n"
                "    password = forms.CharField(\n"
                "        min_length=8,\n"
                '        help_text=_("At least @@ characters."),\n'
                "    )\n"
            )
        },
        "forms.py",
        "8",
        "6",
        id="django-form",
    ),
    pytest.param(
        {
            "forms.py": (
                "class SignupForm(forms.Form):\n"
                "    username = forms.CharField(min_length=3)\n"
                "    password = forms.CharField(min_length=@@)\n"
            ),
            "templates/signup.html": (
                "<label>Password</label>\n"
                "{{ form.password }}\n"
                '<p class="help">Passwords must have at least 8 characters.</p>\n'
            ),
        },
        "forms.py",
        "8",
        "10",
        id="django-form-template",
    ),
    pytest.param(
        {
            "settings.py": "MAX_UPLOAD_SIZE = @@ * 1024 * 1024\n",
            "views.py": (
                "def up(f):\n"
                "    if f.size > settings.MAX_UPLOAD_SIZE:\n"
                '        raise ValidationError(_("Files must be up to 10 MB"))\n'
            ),
        },
        "settings.py",
        "10",
        "5",
        id="upload",
    ),
    pytest.param(
        {
            "settings.py": "RESET_TOKEN_LIFETIME = timedelta(minutes=@@)\n",
            "mail.html": "<p>This password reset link expires in 30 minutes.</p>\n",
            "views.py": "x = 1\n",
        },
        "settings.py",
        "30",
        "15",
        id="timeout",
    ),
    pytest.param(
        {
            "auth.py": (
                "MAX_LOGIN_ATTEMPTS = @@\n"
                "\n"
                "def login(user):\n"
                "    if user.failed_attempts >= MAX_LOGIN_ATTEMPTS:\n"
                '        raise Locked("Your account is locked after 3 failed login attempts")\n'
            )
        },
        "auth.py",
        "3",
        "5",
        id="attempts",
    ),
    pytest.param(
        {
            "a.py": (
                "MIN_AGE = @@\n"
                "\n"
                "def check(age):\n"
                "    if age < MIN_AGE:\n"
                '        return "You must be 18 or older"\n'
            )
        },
        "a.py",
        "18",
        "16",
        id="age",
    ),
    pytest.param(
        {
            "README.md": ("# X\n\nPasswords must be at least 8 characters long.\n"),
            "a.py": ("MIN_PASSWORD_LENGTH = @@\n\ndef f(x):\n    return len(x) >= MIN_PASSWORD_LENGTH\n"),
        },
        "a.py",
        "8",
        "10",
        id="readme",
    ),
    pytest.param(
        {
            "a.py": (
                "def check(name):\n"
                "    if len(name) <= @@:\n"
                '        raise ValueError("Name must be at least 4 characters")\n'
            )
        },
        "a.py",
        "3",
        "4",
        id="lte",
    ),
    pytest.param(
        {
            "m.py": 'PASSWORD_TOO_SHORT = "Password must be at least @@ characters"\n',
            "a.py": (
                "from m import PASSWORD_TOO_SHORT\n"
                "\n"
                "def f(p):\n"
                "    if len(p) < 8:\n"
                "        raise ValueError(PASSWORD_TOO_SHORT)\n"
            ),
        },
        "m.py",
        "8",
        "6",
        id="msgconst",
    ),
    pytest.param(
        {
            "m.py": 'PASSWORD_TOO_SHORT = "Password must be at least 8 characters"\n',
            "a.py": (
                "from m import PASSWORD_TOO_SHORT\n"
                "\n"
                "def f(p):\n"
                "    if len(p) < @@:\n"
                "        raise ValueError(PASSWORD_TOO_SHORT)\n"
            ),
        },
        "a.py",
        "8",
        "6",
        id="msgconst-rev",
    ),
    pytest.param(
        {
            "a.py": "MAX_TAGS = @@\n",
            "b.py": (
                'def f(tags):\n    if len(tags) > MAX_TAGS:\n        return "You can add up to five tags"\n'
            ),
        },
        "a.py",
        "5",
        "6",
        id="pt-words",
    ),
    pytest.param(
        {
            "forms.py": (
                "class Reg(FlaskForm):\n"
                '    username = StringField("Username", validators=[DataRequired(), Length(min=@@, max=20)])\n'
            ),
            "templates/register.html": (
                "{{ form.username.label }}\n"
                "{{ form.username }}\n"
                '<small class="help">Username must be between 3 and 20 characters.</small>\n'
            ),
        },
        "forms.py",
        "3",
        "5",
        id="flask-wtf",
    ),
    pytest.param(
        {
            "m.py": (
                "class Signup(BaseModel):\n"
                '    username: str = Field(min_length=@@, max_length=20, description="At least 3 characters")\n'
            )
        },
        "m.py",
        "3",
        "4",
        id="pydantic",
    ),
    pytest.param(
        {
            "settings.py": (
                "AUTH_PASSWORD_VALIDATORS = [\n"
                "    {\n"
                '        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",\n'
                '        "OPTIONS": {"min_length": @@},\n'
                "    },\n"
                "]\n"
            ),
            "templates/reset.html": "<p>Your password must contain at least 8 characters.</p>\n",
        },
        "settings.py",
        "8",
        "12",
        id="django-settings-validators",
    ),
    pytest.param(
        {
            "svc.py": (
                "class PasswordPolicy:\n"
                "    MIN_LENGTH = @@\n"
                "\n"
                "    def check(self, password):\n"
                "        if len(password) < self.MIN_LENGTH:\n"
                '            raise WeakPassword("Password must be at least 8 characters long")\n'
            )
        },
        "svc.py",
        "8",
        "10",
        id="pyclass-const",
    ),
    pytest.param(
        {
            "messages.py": (
                'MESSAGES = {\n    "name_too_long": "Name cannot be longer than @@ characters",\n}\n'
            ),
            "svc.py": (
                "from messages import MESSAGES\n"
                "\n"
                "MAX_NAME = 50\n"
                "\n"
                "def rename(name):\n"
                "    if len(name) > MAX_NAME:\n"
                '        return error(MESSAGES["name_too_long"])\n'
            ),
        },
        "messages.py",
        "50",
        "40",
        id="dict-messages",
    ),
    pytest.param(
        {
            "locale/en/LC_MESSAGES/django.po": (
                'msgid "password_hint"\nmsgstr "Use at least @@ characters for your password"\n'
            ),
            "f.py": (
                "class F(forms.Form):\n"
                '    password = forms.CharField(min_length=8, help_text=_("password_hint"))\n'
            ),
        },
        "locale/en/LC_MESSAGES/django.po",
        "8",
        "6",
        id="po",
    ),
    pytest.param(
        {"a.py": ('def set_name(name):\n    assert len(name) >= @@, "name needs at least 3 characters"\n')},
        "a.py",
        "3",
        "2",
        id="assert",
    ),
    pytest.param(
        {
            "a.py": (
                "def set_age(age):\n"
                "    if not (18 <= age <= 99):\n"
                '        raise ValueError("Age must be between @@ and 99")\n'
            )
        },
        "a.py",
        "18",
        "21",
        id="not-in-range",
    ),
    pytest.param(
        {
            "api.py": (
                "from svc import validate_title\n"
                "\n"
                "def create(title):\n"
                "    if not validate_title(title):\n"
                '        return {"error": "Title must be at most @@ characters"}\n'
            ),
            "svc.py": (
                "from consts import MAX_TITLE_LENGTH\n"
                "\n"
                "def validate_title(title):\n"
                "    return len(title) <= MAX_TITLE_LENGTH\n"
            ),
            "consts.py": "MAX_TITLE_LENGTH = 100\n",
        },
        "api.py",
        "100",
        "120",
        id="func-two-hop",
    ),
    pytest.param(
        {
            "api.py": (
                "from svc import validate_title\n"
                "\n"
                "def create(title):\n"
                "    if not validate_title(title):\n"
                '        return {"error": "Title must be at most 100 characters"}\n'
            ),
            "svc.py": (
                "from consts import MAX_TITLE_LENGTH\n"
                "\n"
                "def validate_title(title):\n"
                "    return len(title) <= MAX_TITLE_LENGTH\n"
            ),
            "consts.py": "MAX_TITLE_LENGTH = @@\n",
        },
        "consts.py",
        "100",
        "120",
        id="func-two-hop-rev",
    ),
    pytest.param(
        {
            "locales/en.yml": (
                'en:\n  signup:\n    username_hint: "Usernames need at least @@ characters"\n'
            ),
            "templates/signup.html": (
                '<form>\n<input name="username">\n<p>{{ t("signup.username_hint") }}</p>\n</form>\n'
            ),
            "app.py": (
                "MIN_USERNAME_LENGTH = 4\n"
                "\n"
                "def signup():\n"
                '    username = request.form["username"]\n'
                "    if len(username) < MIN_USERNAME_LENGTH:\n"
                "        abort(400)\n"
            ),
        },
        "locales/en.yml",
        "4",
        "3",
        id="jinja-key",
    ),
    pytest.param(
        {
            "locales/en.yml": ('en:\n  signup:\n    username_hint: "Usernames need at least 4 characters"\n'),
            "templates/signup.html": (
                '<form>\n<input name="username">\n<p>{{ t("signup.username_hint") }}</p>\n</form>\n'
            ),
            "app.py": (
                "MIN_USERNAME_LENGTH = @@\n"
                "\n"
                "def signup():\n"
                '    username = request.form["username"]\n'
                "    if len(username) < MIN_USERNAME_LENGTH:\n"
                "        abort(400)\n"
            ),
        },
        "app.py",
        "4",
        "6",
        id="jinja-key-rev",
    ),
    pytest.param(
        {"README.md": ("## Limits\n\nUploads are limited to 25 MB.\n"), "cfg.py": "MAX_UPLOAD_MB = @@\n"},
        "cfg.py",
        "25",
        "50",
        id="readme-env",
    ),
    pytest.param(
        {
            "a.py": (
                "MAX_DISCOUNT_PERCENT = @@\n"
                "\n"
                "def f(discount):\n"
                "    if discount > MAX_DISCOUNT_PERCENT:\n"
                '        raise E("Discount must be at most 50%")\n'
            )
        },
        "a.py",
        "50",
        "40",
        id="percent",
    ),
]


@pytest.mark.parametrize(("files", "path", "old", "new"), PYTHON)
def test_copy_and_code_that_part_are_found(
    read: Callable[..., Any], files: dict[str, str], path: str, old: str, new: str
) -> None:
    made = read(*change(files, path, old, new))
    sure = [pair for pair in made.pairs if pair[2] != "low"]
    assert sure
    assert any(path in (copy.rsplit(":", 1)[0], code.rsplit(":", 1)[0]) for copy, code, _ in sure)


@pytest.mark.parametrize(("files", "path", "old", "new"), PYTHON)
def test_the_change_that_brings_them_together_is_quiet(
    read: Callable[..., Any], files: dict[str, str], path: str, old: str, new: str
) -> None:
    made = read(*change(files, path, new, old))
    assert [pair for pair in made.pairs if pair[2] != "low"] == []
