from collections.abc import Callable
from typing import Any

import pytest


def change(files: dict[str, str], path: str, old: str, new: str) -> tuple[dict[str, str], dict[str, str]]:
    """`files` before and after: `@@` in the file at `path` is `old`, then `new`."""
    return {**files, path: files[path].replace("@@", old)}, {path: files[path].replace("@@", new)}


PYTHON = [
    pytest.param(
        {
            "a.py": 'def check(password):\n    if len(password) < 5:\n        raise ValueError("Password must be at least @@ characters")\n'
        },
        "a.py",
        "5",
        "3",
        id="py-same-if",
    ),
    pytest.param(
        {
            "limits.py": "MIN_PASSWORD = 5\n",
            "a.py": 'from limits import MIN_PASSWORD\n\ndef check(password):\n    if len(password) < MIN_PASSWORD:\n        raise ValueError("Password must be at least @@ characters")\n',
        },
        "a.py",
        "5",
        "3",
        id="py-const-other-file",
    ),
    pytest.param(
        {
            "limits.py": "MIN_PASSWORD = @@\n",
            "a.py": 'from limits import MIN_PASSWORD\n\ndef check(password):\n    if len(password) < MIN_PASSWORD:\n        raise ValueError("Password must be at least 3 characters")\n',
        },
        "limits.py",
        "3",
        "5",
        id="py-const-changed",
    ),
    pytest.param(
        {
            "locale/en.yml": 'en:\n  errors:\n    password:\n      too_short: "Must be at least @@ characters"\n',
            "views.py": 'from rules import is_too_short\n\ndef signup(request):\n    if is_too_short(request.form["password"]):\n        flash(t("errors.password.too_short"))\n    return 1\n',
            "rules.py": "MIN = 5\n\n\ndef is_too_short(value):\n    return len(value) < MIN\n",
        },
        "locale/en.yml",
        "5",
        "3",
        id="py-yaml-template",
    ),
    pytest.param(
        {
            "locale/en.yml": 'en:\n  errors:\n    password:\n      too_short: "Must be at least 3 characters"\n',
            "views.py": 'from rules import is_too_short\n\ndef signup(request):\n    if is_too_short(request.form["password"]):\n        flash(t("errors.password.too_short"))\n    return 1\n',
            "rules.py": "MIN = @@\n\n\ndef is_too_short(value):\n    return len(value) < MIN\n",
        },
        "rules.py",
        "3",
        "5",
        id="py-yaml-const-changed",
    ),
    pytest.param(
        {
            "forms.py": 'class SignupForm(forms.Form):\n    username = forms.CharField(min_length=3)\n    password = forms.CharField(\n        min_length=8,\n        help_text=_("At least @@ characters."),\n    )\n'
        },
        "forms.py",
        "8",
        "6",
        id="django-form",
    ),
    pytest.param(
        {
            "forms.py": "class SignupForm(forms.Form):\n    username = forms.CharField(min_length=3)\n    password = forms.CharField(min_length=@@)\n",
            "templates/signup.html": '<label>Password</label>\n{{ form.password }}\n<p class="help">Passwords must have at least 8 characters.</p>\n',
        },
        "forms.py",
        "8",
        "10",
        id="django-form-template",
    ),
    pytest.param(
        {
            "settings.py": "MAX_UPLOAD_SIZE = @@ * 1024 * 1024\n",
            "views.py": 'def up(f):\n    if f.size > settings.MAX_UPLOAD_SIZE:\n        raise ValidationError(_("Files must be up to 10 MB"))\n',
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
            "auth.py": 'MAX_LOGIN_ATTEMPTS = @@\n\ndef login(user):\n    if user.failed_attempts >= MAX_LOGIN_ATTEMPTS:\n        raise Locked("Your account is locked after 3 failed login attempts")\n'
        },
        "auth.py",
        "3",
        "5",
        id="attempts",
    ),
    pytest.param(
        {
            "a.py": 'MIN_AGE = @@\n\ndef check(age):\n    if age < MIN_AGE:\n        return "You must be 18 or older"\n'
        },
        "a.py",
        "18",
        "16",
        id="age",
    ),
    pytest.param(
        {
            "README.md": "# X\n\nPasswords must be at least 8 characters long.\n",
            "a.py": "MIN_PASSWORD_LENGTH = @@\n\ndef f(x):\n    return len(x) >= MIN_PASSWORD_LENGTH\n",
        },
        "a.py",
        "8",
        "10",
        id="readme",
    ),
    pytest.param(
        {
            "a.py": 'def check(name):\n    if len(name) <= @@:\n        raise ValueError("Name must be at least 4 characters")\n'
        },
        "a.py",
        "3",
        "4",
        id="lte",
    ),
    pytest.param(
        {
            "m.py": 'PASSWORD_TOO_SHORT = "Password must be at least @@ characters"\n',
            "a.py": "from m import PASSWORD_TOO_SHORT\n\ndef f(p):\n    if len(p) < 8:\n        raise ValueError(PASSWORD_TOO_SHORT)\n",
        },
        "m.py",
        "8",
        "6",
        id="msgconst",
    ),
    pytest.param(
        {
            "m.py": 'PASSWORD_TOO_SHORT = "Password must be at least 8 characters"\n',
            "a.py": "from m import PASSWORD_TOO_SHORT\n\ndef f(p):\n    if len(p) < @@:\n        raise ValueError(PASSWORD_TOO_SHORT)\n",
        },
        "a.py",
        "8",
        "6",
        id="msgconst-rev",
    ),
    pytest.param(
        {
            "a.py": "MAX_TAGS = @@\n",
            "b.py": 'def f(tags):\n    if len(tags) > MAX_TAGS:\n        return "You can add up to five tags"\n',
        },
        "a.py",
        "5",
        "6",
        id="pt-words",
    ),
    pytest.param(
        {
            "forms.py": 'class Reg(FlaskForm):\n    username = StringField("Username", validators=[DataRequired(), Length(min=@@, max=20)])\n',
            "templates/register.html": '{{ form.username.label }}\n{{ form.username }}\n<small class="help">Username must be between 3 and 20 characters.</small>\n',
        },
        "forms.py",
        "3",
        "5",
        id="flask-wtf",
    ),
    pytest.param(
        {
            "m.py": 'class Signup(BaseModel):\n    username: str = Field(min_length=@@, max_length=20, description="At least 3 characters")\n'
        },
        "m.py",
        "3",
        "4",
        id="pydantic",
    ),
    pytest.param(
        {
            "settings.py": 'AUTH_PASSWORD_VALIDATORS = [\n    {\n        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",\n        "OPTIONS": {"min_length": @@},\n    },\n]\n',
            "templates/reset.html": "<p>Your password must contain at least 8 characters.</p>\n",
        },
        "settings.py",
        "8",
        "12",
        id="django-settings-validators",
    ),
    pytest.param(
        {
            "svc.py": 'class PasswordPolicy:\n    MIN_LENGTH = @@\n\n    def check(self, password):\n        if len(password) < self.MIN_LENGTH:\n            raise WeakPassword("Password must be at least 8 characters long")\n'
        },
        "svc.py",
        "8",
        "10",
        id="pyclass-const",
    ),
    pytest.param(
        {
            "messages.py": 'MESSAGES = {\n    "name_too_long": "Name cannot be longer than @@ characters",\n}\n',
            "svc.py": 'from messages import MESSAGES\n\nMAX_NAME = 50\n\ndef rename(name):\n    if len(name) > MAX_NAME:\n        return error(MESSAGES["name_too_long"])\n',
        },
        "messages.py",
        "50",
        "40",
        id="dict-messages",
    ),
    pytest.param(
        {
            "locale/en/LC_MESSAGES/django.po": 'msgid "password_hint"\nmsgstr "Use at least @@ characters for your password"\n',
            "f.py": 'class F(forms.Form):\n    password = forms.CharField(min_length=8, help_text=_("password_hint"))\n',
        },
        "locale/en/LC_MESSAGES/django.po",
        "8",
        "6",
        id="po",
    ),
    pytest.param(
        {"a.py": 'def set_name(name):\n    assert len(name) >= @@, "name needs at least 3 characters"\n'},
        "a.py",
        "3",
        "2",
        id="assert",
    ),
    pytest.param(
        {
            "a.py": 'def set_age(age):\n    if not (18 <= age <= 99):\n        raise ValueError("Age must be between @@ and 99")\n'
        },
        "a.py",
        "18",
        "21",
        id="not-in-range",
    ),
    pytest.param(
        {
            "api.py": 'from svc import validate_title\n\ndef create(title):\n    if not validate_title(title):\n        return {"error": "Title must be at most @@ characters"}\n',
            "svc.py": "from consts import MAX_TITLE_LENGTH\n\ndef validate_title(title):\n    return len(title) <= MAX_TITLE_LENGTH\n",
            "consts.py": "MAX_TITLE_LENGTH = 100\n",
        },
        "api.py",
        "100",
        "120",
        id="func-two-hop",
    ),
    pytest.param(
        {
            "api.py": 'from svc import validate_title\n\ndef create(title):\n    if not validate_title(title):\n        return {"error": "Title must be at most 100 characters"}\n',
            "svc.py": "from consts import MAX_TITLE_LENGTH\n\ndef validate_title(title):\n    return len(title) <= MAX_TITLE_LENGTH\n",
            "consts.py": "MAX_TITLE_LENGTH = @@\n",
        },
        "consts.py",
        "100",
        "120",
        id="func-two-hop-rev",
    ),
    pytest.param(
        {
            "locales/en.yml": 'en:\n  signup:\n    username_hint: "Usernames need at least @@ characters"\n',
            "templates/signup.html": '<form>\n<input name="username">\n<p>{{ t("signup.username_hint") }}</p>\n</form>\n',
            "app.py": 'MIN_USERNAME_LENGTH = 4\n\ndef signup():\n    username = request.form["username"]\n    if len(username) < MIN_USERNAME_LENGTH:\n        abort(400)\n',
        },
        "locales/en.yml",
        "4",
        "3",
        id="jinja-key",
    ),
    pytest.param(
        {
            "locales/en.yml": 'en:\n  signup:\n    username_hint: "Usernames need at least 4 characters"\n',
            "templates/signup.html": '<form>\n<input name="username">\n<p>{{ t("signup.username_hint") }}</p>\n</form>\n',
            "app.py": 'MIN_USERNAME_LENGTH = @@\n\ndef signup():\n    username = request.form["username"]\n    if len(username) < MIN_USERNAME_LENGTH:\n        abort(400)\n',
        },
        "app.py",
        "4",
        "6",
        id="jinja-key-rev",
    ),
    pytest.param(
        {"README.md": "## Limits\n\nUploads are limited to 25 MB.\n", "cfg.py": "MAX_UPLOAD_MB = @@\n"},
        "cfg.py",
        "25",
        "50",
        id="readme-env",
    ),
    pytest.param(
        {
            "a.py": 'MAX_DISCOUNT_PERCENT = @@\n\ndef f(discount):\n    if discount > MAX_DISCOUNT_PERCENT:\n        raise E("Discount must be at most 50%")\n'
        },
        "a.py",
        "50",
        "40",
        id="percent",
    ),
]

ECMASCRIPT = [
    pytest.param(
        {
            "src/i18n/en.json": '{"errors": {"passwordTooShort": "Password must be at least @@ characters"}}\n',
            "src/form.js": 'import { MIN_PASSWORD_LENGTH } from "./rules";\nexport function validate(values) {\n  const errors = {};\n  if (values.password.length < MIN_PASSWORD_LENGTH) {\n    errors.password = t("errors.passwordTooShort");\n  }\n  return errors;\n}\n',
            "src/rules.js": "export const MIN_PASSWORD_LENGTH = 5;\n",
        },
        "src/i18n/en.json",
        "5",
        "3",
        id="js-json-locale",
    ),
    pytest.param(
        {
            "src/i18n/en.json": '{"errors": {"passwordTooShort": "Password must be at least 3 characters"}}\n',
            "src/form.js": 'import { MIN_PASSWORD_LENGTH } from "./rules";\nexport function validate(values) {\n  const errors = {};\n  if (values.password.length < MIN_PASSWORD_LENGTH) {\n    errors.password = t("errors.passwordTooShort");\n  }\n  return errors;\n}\n',
            "src/rules.js": "export const MIN_PASSWORD_LENGTH = @@;\n",
        },
        "src/rules.js",
        "3",
        "5",
        id="js-json-const",
    ),
    pytest.param(
        {
            "a.ts": 'export const schema = z.object({\n  username: z.string().min(3, "Username must be at least 3 characters"),\n  password: z.string().min(@@, "Password must be at least 8 characters"),\n});\n'
        },
        "a.ts",
        "8",
        "10",
        id="zod",
    ),
    pytest.param(
        {
            "a.ts": 'export const schema = z.object({\n  username: z.string().min(3, "Username must be at least 3 characters"),\n  password: z\n    .string()\n    .min(10, { message: "Password must be at least @@ characters" }),\n});\n'
        },
        "a.ts",
        "10",
        "8",
        id="zod2",
    ),
    pytest.param(
        {
            "a.tsx": 'export function Form() {\n  return (\n    <div>\n      <input name="bio" maxLength={160} />\n      <p>Up to @@ characters</p>\n    </div>\n  );\n}\n'
        },
        "a.tsx",
        "160",
        "200",
        id="tsx",
    ),
    pytest.param(
        {
            "a.vue": '<template>\n  <input v-model="bio" maxlength="160">\n  <p>Up to @@ characters</p>\n</template>\n'
        },
        "a.vue",
        "160",
        "200",
        id="vue",
    ),
    pytest.param(
        {
            "a.js": 'function f(name) {\n  if (name.length >= @@) {\n    submit(name);\n  } else {\n    alert("Name must be at least 3 characters");\n  }\n}\n'
        },
        "a.js",
        "3",
        "4",
        id="else",
    ),
    pytest.param(
        {
            "a.js": 'export const rules = [\n  (v) => v.length >= @@ || "Name must be at least 3 characters",\n];\n'
        },
        "a.js",
        "3",
        "4",
        id="vuetify",
    ),
    pytest.param(
        {
            "a.js": 'const USERNAME = /^[a-z0-9_]{@@,20}$/;\nfunction f(username) {\n  if (!USERNAME.test(username)) {\n    throw new Error("Username must be 3 to 20 characters");\n  }\n}\n'
        },
        "a.js",
        "3",
        "4",
        id="regex",
    ),
    pytest.param(
        {
            "a.js": 'router.post("/", [\n  body("password").isLength({ min: @@ }).withMessage("Password must be at least 8 characters"),\n]);\n'
        },
        "a.js",
        "8",
        "6",
        id="express",
    ),
    pytest.param(
        {
            "en.json": '{"signup": {"usernameHint": "Use at least @@ characters"}}',
            "t.hbs": '<input name="username" minlength="4">\n<p>{{t "signup.usernameHint"}}</p>\n',
        },
        "en.json",
        "4",
        "3",
        id="hbs",
    ),
    pytest.param(
        {
            "s.ts": "const schema = yup.object({\n  nickname: yup\n    .string()\n    .max(@@)\n    .required(),\n});\n",
            "en.json": '{"profile": {"nickname": {"help": "Nickname can be up to 30 characters"}}}',
        },
        "s.ts",
        "30",
        "20",
        id="yup",
    ),
    pytest.param(
        {
            "u.js": 'const userSchema = new Schema({\n  username: {\n    type: String,\n    minlength: [@@, "Username must be at least 3 characters"],\n    maxlength: 30,\n  },\n});\n'
        },
        "u.js",
        "3",
        "5",
        id="mongoose",
    ),
    pytest.param(
        {
            "F.tsx": 'export const F = () => (\n  <input\n    {...register("username", {\n      minLength: { value: @@, message: "Username must be at least 3 characters" },\n    })}\n  />\n);\n'
        },
        "F.tsx",
        "3",
        "5",
        id="rhf",
    ),
    pytest.param(
        {
            "a.ts": 'this.form = this.fb.group({\n  password: ["", [Validators.required, Validators.minLength(@@)]],\n});\n',
            "a.html": '<input formControlName="password">\n<mat-error>Password must be at least 8 characters</mat-error>\n',
        },
        "a.ts",
        "8",
        "10",
        id="angular",
    ),
    pytest.param(
        {
            "dto.ts": 'export class CreateUser {\n  @MinLength(@@, { message: "Password must be at least 8 characters" })\n  password: string;\n}\n'
        },
        "dto.ts",
        "8",
        "10",
        id="class-validator",
    ),
    pytest.param(
        {
            "config.ts": "export const limits = {\n  maxUploadBytes: @@ * 1024 * 1024,\n};\n",
            "upload.ts": 'import { limits } from "./config";\nexport function up(file: File) {\n  if (file.size > limits.maxUploadBytes) {\n    throw new Error("File must be no larger than 5 MB");\n  }\n}\n',
        },
        "config.ts",
        "5",
        "2",
        id="ts-enum-config",
    ),
    pytest.param(
        {
            "c.js": 'const RESEND_COOLDOWN_MS = @@ * 1000;\nfunction resend() {\n  if (Date.now() - last < RESEND_COOLDOWN_MS) {\n    throw new Error("Please wait 30 seconds before requesting another code");\n  }\n}\n'
        },
        "c.js",
        "30",
        "60",
        id="js-ms",
    ),
    pytest.param(
        {
            "src/locales/en/common.json": '{\n  "profile": {\n    "bioHelp": "Your bio can have up to @@ characters"\n  }\n}\n',
            "src/Bio.tsx": 'export function Bio() {\n  const { t } = useTranslation();\n  return (\n    <label>\n      <textarea name="bio" maxLength={BIO_MAX} />\n      <span>{t("profile.bioHelp")}</span>\n    </label>\n  );\n}\n',
            "src/consts.ts": "export const BIO_MAX = 160;\n",
        },
        "src/locales/en/common.json",
        "160",
        "200",
        id="react-jsx-key",
    ),
    pytest.param(
        {
            "a.ts": 'export const err = (v: string) => (v.length < @@ ? "Must be at least 3 characters" : null);\n'
        },
        "a.ts",
        "3",
        "4",
        id="ternary",
    ),
    pytest.param(
        {
            "a.js": 'function validateName(name) {\n  if (name.length > @@) return "Name must be at most 50 characters";\n  return null;\n}\n'
        },
        "a.js",
        "50",
        "40",
        id="nested-early-return",
    ),
    pytest.param(
        {
            "Form.jsx": 'export default function Form() {\n  return <FormattedMessage id="pw.min" defaultMessage="Password must be at least @@ characters" />;\n}\n',
            "rules.js": "export const PASSWORD_MIN_LENGTH = 12;\n",
        },
        "Form.jsx",
        "12",
        "8",
        id="formatjs",
    ),
]

GO = [
    pytest.param(
        {
            "a.go": 'package p\n\nconst minName = @@\n\nfunc Check(name string) error {\n\tif len(name) < minName {\n\t\treturn errors.New("name must be at least 3 characters")\n\t}\n\treturn nil\n}\n'
        },
        "a.go",
        "3",
        "5",
        id="go",
    ),
    pytest.param(
        {
            "a.go": 'package p\n\nfunc Check(name string) error {\n\tif utf8.RuneCountInString(name) > MaxNameLength {\n\t\treturn fmt.Errorf("name must be at most @@ characters")\n\t}\n\treturn nil\n}\n',
            "b.go": "package p\n\nconst (\n\tMaxNameLength = 20\n)\n",
        },
        "a.go",
        "20",
        "30",
        id="go-copy",
    ),
    pytest.param(
        {
            "a.go": 'package p\n\ntype Form struct {\n\tName string `validate:"required,min=@@"`\n}\n',
            "t.tmpl": '<input name="name"><p>Name must be at least 3 characters</p>\n',
        },
        "a.go",
        "3",
        "5",
        id="gotag",
    ),
    pytest.param(
        {
            "a.go": "package p\n\nvar SessionTimeout = @@ * time.Minute\n",
            "t.html": "<p>Your session expires in 30 minutes.</p>\n",
        },
        "a.go",
        "30",
        "15",
        id="go-dur",
    ),
    pytest.param(
        {
            "v.go": "package v\n\nfunc (u *User) Validate() error {\n\tif len(u.Password) < MinPasswordLen {\n\t\treturn ErrPasswordShort\n\t}\n\treturn nil\n}\n",
            "errs.go": 'package v\n\nvar ErrPasswordShort = errors.New("password must be at least @@ characters")\n',
            "c.go": "package v\n\nconst MinPasswordLen = 8\n",
        },
        "errs.go",
        "8",
        "6",
        id="go-method",
    ),
    pytest.param(
        {
            "v.go": "package v\n\nfunc (u *User) Validate() error {\n\tif len(u.Password) < MinPasswordLen {\n\t\treturn ErrPasswordShort\n\t}\n\treturn nil\n}\n",
            "errs.go": 'package v\n\nvar ErrPasswordShort = errors.New("password must be at least 8 characters")\n',
            "c.go": "package v\n\nconst MinPasswordLen = @@\n",
        },
        "c.go",
        "8",
        "12",
        id="go-method-rev",
    ),
    pytest.param(
        {
            "auth.go": "package a\n\nconst resetTokenTTL = @@ * time.Hour\n",
            "reset.tmpl": "<p>This reset link is valid for 24 hours.</p>\n",
        },
        "auth.go",
        "24",
        "1",
        id="go-dur-tmpl",
    ),
    pytest.param(
        {
            "u.go": 'package u\n\nconst maxUpload = @@ << 20\n\nfunc h(w http.ResponseWriter, r *http.Request) {\n\tif r.ContentLength > maxUpload {\n\t\thttp.Error(w, "upload must not exceed 10 MB", 413)\n\t\treturn\n\t}\n}\n'
        },
        "u.go",
        "10",
        "32",
        id="go-bytes",
    ),
]

JAVA = [
    pytest.param(
        {
            "User.java": 'class User {\n  @Size(min = @@, message = "Name must be at least 3 characters")\n  private String name;\n}\n'
        },
        "User.java",
        "3",
        "5",
        id="java-size",
    ),
    pytest.param(
        {
            "src/main/resources/messages.properties": "user.name.size=Name must be at least @@ characters\n",
            "User.java": 'class User {\n  @NotNull\n  @Size(min = 5, message = "{user.name.size}")\n  private String name;\n}\n',
        },
        "src/main/resources/messages.properties",
        "5",
        "3",
        id="java-props",
    ),
    pytest.param(
        {
            "Rules.java": "class Rules {\n  static final int MIN_NAME = @@;\n}\n",
            "User.java": 'class User {\n  void check(String name) {\n    if (name.length() < Rules.MIN_NAME) {\n      throw new IllegalArgumentException("Name must be at least 3 characters");\n    }\n  }\n}\n',
        },
        "Rules.java",
        "3",
        "5",
        id="java-const",
    ),
    pytest.param(
        {
            "src/main/resources/messages_en.properties": "error.username.short=Username must have at least @@ characters\n",
            "src/main/java/UserValidator.java": 'class UserValidator implements Validator {\n    private static final int MIN_USERNAME = 4;\n\n    public void validate(Object o, Errors errors) {\n        if (user.getUsername().length() < MIN_USERNAME) {\n            errors.rejectValue("username", "error.username.short");\n        }\n    }\n}\n',
        },
        "src/main/resources/messages_en.properties",
        "4",
        "3",
        id="java-locale",
    ),
    pytest.param(
        {
            "src/main/resources/messages.properties": "error.username.short=Username must have at least 4 characters\n",
            "src/main/java/UserValidator.java": 'class UserValidator implements Validator {\n    private static final int MIN_USERNAME = @@;\n\n    public void validate(Object o, Errors errors) {\n        if (user.getUsername().length() < MIN_USERNAME) {\n            errors.rejectValue("username", "error.username.short");\n        }\n    }\n}\n',
        },
        "src/main/java/UserValidator.java",
        "4",
        "6",
        id="java-locale-rev",
    ),
    pytest.param(
        {
            "R.java": 'class R {\n    @Min(value = @@, message = "You must be at least 18 years old")\n    private int age;\n}\n'
        },
        "R.java",
        "18",
        "16",
        id="java-min",
    ),
    pytest.param(
        {
            "T.java": 'class T {\n    private static final Duration TOKEN_VALIDITY = Duration.ofMinutes(@@);\n\n    String mail() {\n        return "Your token expires in 15 minutes";\n    }\n}\n'
        },
        "T.java",
        "15",
        "30",
        id="java-dur",
    ),
    pytest.param(
        {
            "P.java": 'class P {\n    void setName(String name) {\n        Preconditions.checkArgument(name.length() <= @@, "name must be at most 64 characters");\n    }\n}\n'
        },
        "P.java",
        "64",
        "32",
        id="java-precond",
    ),
    pytest.param(
        {
            "src/main/resources/templates/s.html": '<input type="password" th:field="*{password}"/>\n<p>Password must be at least @@ characters</p>\n',
            "F.java": "class SignupForm {\n    @NotBlank\n    @Size(min = 8)\n    private String password;\n}\n",
        },
        "src/main/resources/templates/s.html",
        "8",
        "6",
        id="thymeleaf",
    ),
]

RUBY = [
    pytest.param(
        {
            "config/locales/en.yml": 'en:\n  activerecord:\n    errors:\n      models:\n        user:\n          attributes:\n            password:\n              too_short: "must be at least @@ characters"\n',
            "app/models/user.rb": "class User < ApplicationRecord\n  validates :password, length: { minimum: 5 }\nend\n",
        },
        "config/locales/en.yml",
        "5",
        "3",
        id="ruby-validates-locale",
    ),
    pytest.param(
        {
            "config/locales/en.yml": 'en:\n  activerecord:\n    errors:\n      models:\n        user:\n          attributes:\n            password:\n              too_short: "must be at least 3 characters"\n',
            "app/models/user.rb": "class User < ApplicationRecord\n  MIN_LENGTH = @@\n  validates :password, length: { minimum: MIN_LENGTH }\nend\n",
        },
        "app/models/user.rb",
        "3",
        "5",
        id="ruby-validates-const",
    ),
    pytest.param(
        {
            "a.rb": 'class A\n  def check(name)\n    raise ArgumentError, "name must be at least @@ characters" if name.length < 5\n  end\nend\n'
        },
        "a.rb",
        "5",
        "3",
        id="ruby-postfix",
    ),
    pytest.param(
        {
            "app/views/users/new.html.erb": "<%= form_for @user do |f| %>\n  <%= f.label :password %>\n  <%= f.password_field :password %>\n  <p>At least @@ characters</p>\n<% end %>\n",
            "app/models/user.rb": "class User < ApplicationRecord\n  validates :password, length: { minimum: 8 }\nend\n",
        },
        "app/views/users/new.html.erb",
        "8",
        "6",
        id="ruby-hint-view",
    ),
    pytest.param(
        {
            "a.rb": 'class T\n  validates :tags, length: { in: 2..5 }\n  TAG_HINT = "Choose between @@ and 5 tags"\nend\n'
        },
        "a.rb",
        "2",
        "3",
        id="range",
    ),
    pytest.param(
        {
            "a.rb": "class A\n  INVITE_EXPIRY = @@.days\nend\n",
            "t.html.erb": "<p>This invite expires in 7 days.</p>\n",
        },
        "a.rb",
        "7",
        "3",
        id="ruby-dur",
    ),
    pytest.param(
        {
            "app/models/post.rb": "class Post < ApplicationRecord\n  MAX_TITLE_LENGTH = @@\n  validates :title, presence: true, length: { maximum: MAX_TITLE_LENGTH }\nend\n",
            "config/locales/en.yml": 'en:\n  posts:\n    form:\n      title_hint: "Titles can be up to 120 characters"\n',
            "app/views/posts/_form.html.erb": '<%= f.text_field :title %>\n<p><%= t(".title_hint") %></p>\n',
        },
        "app/models/post.rb",
        "120",
        "80",
        id="rails-const",
    ),
    pytest.param(
        {
            "app/models/u.rb": 'class U < ApplicationRecord\n  validates :username,\n            length: {\n              minimum: @@,\n              message: "must be at least 3 characters"\n            }\nend\n'
        },
        "app/models/u.rb",
        "3",
        "4",
        id="rails-inline-msg",
    ),
    pytest.param(
        {
            "u.rb": 'class U\n  validates_length_of :bio, maximum: @@, too_long: "must have at most 160 characters"\nend\n'
        },
        "u.rb",
        "160",
        "200",
        id="rails-validates_length_of",
    ),
    pytest.param(
        {
            "a.rb": "class A\n  MAX = 5\n  def limit_tags\n    errors.add(:tags, :too_many) if tags.size > MAX\n  end\nend\n",
            "config/locales/en.yml": 'en:\n  errors:\n    messages:\n      too_many: "can have at most @@ tags"\n',
        },
        "config/locales/en.yml",
        "5",
        "10",
        id="rails-errors-add",
    ),
    pytest.param(
        {
            "config/initializers/devise.rb": "Devise.setup do |config|\n  config.password_length = @@..128\n  config.reset_password_within = 6.hours\nend\n",
            "app/views/r.html.erb": "<%= f.password_field :password %>\n<em>Password must be at least 6 characters</em>\n",
        },
        "config/initializers/devise.rb",
        "6",
        "8",
        id="devise",
    ),
    pytest.param(
        {
            "config/initializers/devise.rb": "Devise.setup do |config|\n  config.password_length = 6..128\n  config.reset_password_within = @@.hours\nend\n",
            "app/views/r.html.erb": "<p>The reset password link is valid for 6 hours.</p>\n",
        },
        "config/initializers/devise.rb",
        "6",
        "2",
        id="devise-within",
    ),
]

OTHER = [
    pytest.param(
        {
            "t.html": '<label for="password">Password</label>\n<input id="password" name="password" minlength="5">\n<small>At least @@ characters</small>\n'
        },
        "t.html",
        "5",
        "3",
        id="html",
    ),
    pytest.param(
        {
            "application.yml": "spring:\n  servlet:\n    multipart:\n      max-file-size: @@\n",
            "up.html": "<p>Maximum file size: 10 MB</p>\n",
        },
        "application.yml",
        "10MB",
        "5MB",
        id="spring-yaml",
    ),
    pytest.param(
        {
            "config/limits.yml": "uploads:\n  max_files: @@\n",
            "app.html": "<p>You can upload up to 10 files at once.</p>\n",
        },
        "config/limits.yml",
        "10",
        "5",
        id="yaml-cfg",
    ),
    pytest.param(
        {
            "V.kt": 'const val MIN_PIN = @@\n\nfun check(pin: String) {\n    require(pin.length >= MIN_PIN) { "PIN must be at least 4 characters" }\n}\n'
        },
        "V.kt",
        "4",
        "6",
        id="kotlin",
    ),
    pytest.param(
        {
            "a.php": "<?php\n$rules = ['password' => 'required|min:@@'];\n$messages = ['password.min' => 'Password must be at least 8 characters'];\n"
        },
        "a.php",
        "8",
        "10",
        id="php",
    ),
    pytest.param(
        {
            "M.cs": 'public class M {\n    [StringLength(@@, ErrorMessage = "Name cannot be longer than 50 characters")]\n    public string Name { get; set; }\n}\n'
        },
        "M.cs",
        "50",
        "40",
        id="csharp",
    ),
]


@pytest.mark.parametrize(("files", "path", "old", "new"), [*PYTHON, *ECMASCRIPT, *GO, *JAVA, *RUBY, *OTHER])
def test_copy_and_code_that_part_are_found(
    read: Callable[..., Any], files: dict[str, str], path: str, old: str, new: str
) -> None:
    made = read(*change(files, path, old, new))
    sure = [pair for pair in made.pairs if pair[2] != "low"]
    assert sure
    assert any(path in (copy.rsplit(":", 1)[0], code.rsplit(":", 1)[0]) for copy, code, _ in sure)


@pytest.mark.parametrize(("files", "path", "old", "new"), [*PYTHON, *ECMASCRIPT, *GO, *JAVA, *RUBY, *OTHER])
def test_the_change_that_brings_them_together_is_quiet(
    read: Callable[..., Any], files: dict[str, str], path: str, old: str, new: str
) -> None:
    made = read(*change(files, path, new, old))
    assert [pair for pair in made.pairs if pair[2] != "low"] == []
