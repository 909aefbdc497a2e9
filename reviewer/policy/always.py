"""What holds in every policy: agents, rules and paths that none can do without, and what a lock file is."""

SELF_PROTECTING = (
    ".github/**",
    "**/CODEOWNERS",
    "**/action.{yml,yaml}",
    "**/AGENTS{,.override}.md",
    "**/CLAUDE{,.local}.md",
    "**/GEMINI.md",
    "**/.claude/**",
    "**/.cursor/**",
    "**/.cursorrules",
    "**/.codex/**",
    "**/.gemini/**",
    "**/.agents/**",
    "**/.clinerules/**",
    "**/.windsurfrules",
    "**/.windsurf/**",
    "**/.aider.conf.yml",
    "**/.mcp.json",
    ".gitmodules",
    "**/.gitattributes",
    ".reviewer/**",
    "guidance/**",
)
"""What judges changes, or steers those who write them: policy, workflows, owners, agent files, guidance.

No policy can unprotect these. A folder's own name counts as the folder (a symlink in its place takes it over), and
case is ignored, as it is on the machines of many who check the change out.
"""

UNCOUNTED = (
    "**/package-lock.json",
    "**/npm-shrinkwrap.json",
    "**/yarn.lock",
    "**/pnpm-lock.yaml",
    "**/bun.lock",
    "**/poetry.lock",
    "**/uv.lock",
    "**/Pipfile.lock",
    "**/pylock.toml",
    "**/Cargo.lock",
    "**/go.sum",
    "**/Gemfile.lock",
    "**/composer.lock",
)
"""Lock files: left out of the size, reviewed like the rest, and a bar to approval unless policy names them."""

SENSITIVE = (
    "**/{terraform,helm,k8s,kubernetes,ansible,infra,infrastructure}/**",
    "**/*.{tf,tfvars}",
    "**/{Dockerfile,Dockerfile.*,*.Dockerfile,Containerfile}",
    "**/{docker-,}compose*.{yml,yaml}",
    "**/{Jenkinsfile,.gitlab-ci.yml,.travis.yml,azure-pipelines.yml,bitbucket-pipelines.yml,.drone.yml}",
    "**/{.circleci,.buildkite}/**",
)
"""Paths that are sensitive where the policy names no others: what builds and runs the software. Workflows of GitHub
are protected by themselves."""

SENSITIVE_NAMES = (
    "auth", "authn", "authz", "authentication", "authorization", "authorisation", "oauth", "oidc", "saml", "sso",
    "login", "logins", "password", "passwords", "permission", "permissions", "acl", "rbac", "session", "sessions",
    "csrf", "cors", "jwt", "secret", "secrets", "credential", "credentials", "security", "crypto", "cryptography",
    "encryption", "signing", "tls", "payment", "payments", "billing", "checkout", "invoice", "invoices", "refund",
    "refunds", "payout", "payouts",
)  # fmt: skip
"""Words in the names of folders and files that are sensitive where the policy names no others: who may do what, what
is kept secret, and money."""

ALL_AGENTS = ("intent", "diff-alignment", "safety", "logic", "anti-pattern", "execution-tracing")

ALWAYS_ON = frozenset({"secret-added"})
"""Rules without which a policy would not protect itself: none may switch them off."""
