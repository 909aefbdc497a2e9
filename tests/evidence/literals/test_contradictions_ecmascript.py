from collections.abc import Callable
from typing import Any

import pytest


def change(files: dict[str, str], path: str, old: str, new: str) -> tuple[dict[str, str], dict[str, str]]:
    """`files` before and after: `@@` in the file at `path` is `old`, then `new`."""
    return {**files, path: files[path].replace("@@", old)}, {path: files[path].replace("@@", new)}


ECMASCRIPT = [
    pytest.param(
        {
            "src/i18n/en.json": '{"errors": {"passwordTooShort": "Password must be at least @@ characters"}}\n',
            "src/form.js": (
                'import { MIN_PASSWORD_LENGTH } from "./rules";\n'
                "export function validate(values) {\n"
                "  const errors = {};\n"
                "  if (values.password.length < MIN_PASSWORD_LENGTH) {\n"
                '    errors.password = t("errors.passwordTooShort");\n'
                "  }\n"
                "  return errors;\n"
                "}\n"
            ),
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
            "src/form.js": (
                'import { MIN_PASSWORD_LENGTH } from "./rules";\n'
                "export function validate(values) {\n"
                "  const errors = {};\n"
                "  if (values.password.length < MIN_PASSWORD_LENGTH) {\n"
                '    errors.password = t("errors.passwordTooShort");\n'
                "  }\n"
                "  return errors;\n"
                "}\n"
            ),
            "src/rules.js": "export const MIN_PASSWORD_LENGTH = @@;\n",
        },
        "src/rules.js",
        "3",
        "5",
        id="js-json-const",
    ),
    pytest.param(
        {
            "a.ts": (
                "export const schema = z.object({\n"
                '  username: z.string().min(3, "Username must be at least 3 characters"),\n'
                '  password: z.string().min(@@, "Password must be at least 8 characters"),\n'
                "});\n"
            )
        },
        "a.ts",
        "8",
        "10",
        id="zod",
    ),
    pytest.param(
        {
            "a.ts": (
                "export const schema = z.object({\n"
                '  username: z.string().min(3, "Username must be at least 3 characters"),\n'
                "  password: z\n"
                "    .string()\n"
                '    .min(10, { message: "Password must be at least @@ characters" }),\n'
                "});\n"
            )
        },
        "a.ts",
        "10",
        "8",
        id="zod2",
    ),
    pytest.param(
        {
            "a.tsx": (
                "export function Form() {\n"
                "  return (\n"
                "    <div>\n"
                '      <input name="bio" maxLength={160} />\n'
                "      <p>Up to @@ characters</p>\n"
                "    </div>\n"
                "  );\n"
                "}\n"
            )
        },
        "a.tsx",
        "160",
        "200",
        id="tsx",
    ),
    pytest.param(
        {
            "a.vue": (
                "<template>\n"
                '  <input v-model="bio" maxlength="160">\n'
                "  <p>Up to @@ characters</p>\n"
                "</template>\n"
            )
        },
        "a.vue",
        "160",
        "200",
        id="vue",
    ),
    pytest.param(
        {
            "a.js": (
                "function f(name) {\n"
                "  if (name.length >= @@) {\n"
                "    submit(name);\n"
                "  } else {\n"
                '    alert("Name must be at least 3 characters");\n'
                "  }\n"
                "}\n"
            )
        },
        "a.js",
        "3",
        "4",
        id="else",
    ),
    pytest.param(
        {
            "a.js": (
                "export const rules = [\n"
                '  (v) => v.length >= @@ || "Name must be at least 3 characters",\n'
                "];\n"
            )
        },
        "a.js",
        "3",
        "4",
        id="vuetify",
    ),
    pytest.param(
        {
            "a.js": (
                "const USERNAME = /^[a-z0-9_]{@@,20}$/;\n"
                "function f(username) {\n"
                "  if (!USERNAME.test(username)) {\n"
                '    throw new Error("Username must be 3 to 20 characters");\n'
                "  }\n"
                "}\n"
            )
        },
        "a.js",
        "3",
        "4",
        id="regex",
    ),
    pytest.param(
        {
            "a.js": (
                'router.post("/", [\n'
                '  body("password").isLength({ min: @@ }).withMessage("Password must be at least 8 characters"),\n'
                "]);\n"
            )
        },
        "a.js",
        "8",
        "6",
        id="express",
    ),
    pytest.param(
        {
            "en.json": '{"signup": {"usernameHint": "Use at least @@ characters"}}',
            "t.hbs": ('<input name="username" minlength="4">\n<p>{{t "signup.usernameHint"}}</p>\n'),
        },
        "en.json",
        "4",
        "3",
        id="hbs",
    ),
    pytest.param(
        {
            "s.ts": (
                "const schema = yup.object({\n"
                "  nickname: yup\n"
                "    .string()\n"
                "    .max(@@)\n"
                "    .required(),\n"
                "});\n"
            ),
            "en.json": '{"profile": {"nickname": {"help": "Nickname can be up to 30 characters"}}}',
        },
        "s.ts",
        "30",
        "20",
        id="yup",
    ),
    pytest.param(
        {
            "u.js": (
                "const userSchema = new Schema({\n"
                "  username: {\n"
                "    type: String,\n"
                '    minlength: [@@, "Username must be at least 3 characters"],\n'
                "    maxlength: 30,\n"
                "  },\n"
                "});\n"
            )
        },
        "u.js",
        "3",
        "5",
        id="mongoose",
    ),
    pytest.param(
        {
            "F.tsx": (
                "export const F = () => (\n"
                "  <input\n"
                '    {...register("username", {\n'
                '      minLength: { value: @@, message: "Username must be at least 3 characters" },\n'
                "    })}\n"
                "  />\n"
                ");\n"
            )
        },
        "F.tsx",
        "3",
        "5",
        id="rhf",
    ),
    pytest.param(
        {
            "a.ts": (
                "this.form = this.fb.group({\n"
                '  password: ["", [Validators.required, Validators.minLength(@@)]],\n'
                "});\n"
            ),
            "a.html": (
                '<input formControlName="password">\n'
                "<mat-error>Password must be at least 8 characters</mat-error>\n"
            ),
        },
        "a.ts",
        "8",
        "10",
        id="angular",
    ),
    pytest.param(
        {
            "dto.ts": (
                "export class CreateUser {\n"
                '  @MinLength(@@, { message: "Password must be at least 8 characters" })\n'
                "  password: string;\n"
                "}\n"
            )
        },
        "dto.ts",
        "8",
        "10",
        id="class-validator",
    ),
    pytest.param(
        {
            "config.ts": ("export const limits = {\n  maxUploadBytes: @@ * 1024 * 1024,\n};\n"),
            "upload.ts": (
                'import { limits } from "./config";\n'
                "export function up(file: File) {\n"
                "  if (file.size > limits.maxUploadBytes) {\n"
                '    throw new Error("File must be no larger than 5 MB");\n'
                "  }\n"
                "}\n"
            ),
        },
        "config.ts",
        "5",
        "2",
        id="ts-enum-config",
    ),
    pytest.param(
        {
            "c.js": (
                "const RESEND_COOLDOWN_MS = @@ * 1000;\n"
                "function resend() {\n"
                "  if (Date.now() - last < RESEND_COOLDOWN_MS) {\n"
                '    throw new Error("Please wait 30 seconds before requesting another code");\n'
                "  }\n"
                "}\n"
            )
        },
        "c.js",
        "30",
        "60",
        id="js-ms",
    ),
    pytest.param(
        {
            "src/locales/en/common.json": (
                '{\n  "profile": {\n    "bioHelp": "Your bio can have up to @@ characters"\n  }\n}\n'
            ),
            "src/Bio.tsx": (
                "export function Bio() {\n"
                "  const { t } = useTranslation();\n"
                "  return (\n"
                "    <label>\n"
                '      <textarea name="bio" maxLength={BIO_MAX} />\n'
                '      <span>{t("profile.bioHelp")}</span>\n'
                "    </label>\n"
                "  );\n"
                "}\n"
            ),
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
            "a.js": (
                "function validateName(name) {\n"
                '  if (name.length > @@) return "Name must be at most 50 characters";\n'
                "  return null;\n"
                "}\n"
            )
        },
        "a.js",
        "50",
        "40",
        id="nested-early-return",
    ),
    pytest.param(
        {
            "Form.jsx": (
                "export default function Form() {\n"
                '  return <FormattedMessage id="pw.min" defaultMessage="Password must be at least @@ characters" />;\n'  # noqa: E501
                "}\n"
            ),
            "rules.js": "export const PASSWORD_MIN_LENGTH = 12;\n",
        },
        "Form.jsx",
        "12",
        "8",
        id="formatjs",
    ),
]


@pytest.mark.parametrize(("files", "path", "old", "new"), ECMASCRIPT)
def test_copy_and_code_that_part_are_found(
    read: Callable[..., Any], files: dict[str, str], path: str, old: str, new: str
) -> None:
    made = read(*change(files, path, old, new))
    sure = [pair for pair in made.pairs if pair[2] != "low"]
    assert sure
    assert any(path in (copy.rsplit(":", 1)[0], code.rsplit(":", 1)[0]) for copy, code, _ in sure)


@pytest.mark.parametrize(("files", "path", "old", "new"), ECMASCRIPT)
def test_the_change_that_brings_them_together_is_quiet(
    read: Callable[..., Any], files: dict[str, str], path: str, old: str, new: str
) -> None:
    made = read(*change(files, path, new, old))
    assert [pair for pair in made.pairs if pair[2] != "low"] == []
