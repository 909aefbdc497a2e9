from collections.abc import Callable
from typing import Any

import pytest


def change(files: dict[str, str], path: str, old: str, new: str) -> tuple[dict[str, str], dict[str, str]]:
    """`files` before and after: `@@` in the file at `path` is `old`, then `new`."""
    return {**files, path: files[path].replace("@@", old)}, {path: files[path].replace("@@", new)}


RUBY = [
    pytest.param(
        {
            "config/locales/en.yml": (
                "en:\n"
                "  activerecord:\n"
                "    errors:\n"
                "      models:\n"
                "        user:\n"
                "          attributes:\n"
                "            password:\n"
                '              too_short: "must be at least @@ characters"\n'
            ),
            "app/models/user.rb": (
                "class User < ApplicationRecord\n  validates :password, length: { minimum: 5 }\nend\n"
            ),
        },
        "config/locales/en.yml",
        "5",
        "3",
        id="ruby-validates-locale",
    ),
    pytest.param(
        {
            "config/locales/en.yml": (
                "en:\n"
                "  activerecord:\n"
                "    errors:\n"
                "      models:\n"
                "        user:\n"
                "          attributes:\n"
                "            password:\n"
                '              too_short: "must be at least 3 characters"\n'
            ),
            "app/models/user.rb": (
                "class User < ApplicationRecord\n"
                "  MIN_LENGTH = @@\n"
                "  validates :password, length: { minimum: MIN_LENGTH }\n"
                "end\n"
            ),
        },
        "app/models/user.rb",
        "3",
        "5",
        id="ruby-validates-const",
    ),
    pytest.param(
        {
            "a.rb": (
                "class A\n"
                "  def check(name)\n"
                '    raise ArgumentError, "name must be at least @@ characters" if name.length < 5\n'
                "  end\n"
                "end\n"
            )
        },
        "a.rb",
        "5",
        "3",
        id="ruby-postfix",
    ),
    pytest.param(
        {
            "app/views/users/new.html.erb": (
                "<%= form_for @user do |f| %>\n"
                "  <%= f.label :password %>\n"
                "  <%= f.password_field :password %>\n"
                "  <p>At least @@ characters</p>\n"
                "<% end %>\n"
            ),
            "app/models/user.rb": (
                "class User < ApplicationRecord\n  validates :password, length: { minimum: 8 }\nend\n"
            ),
        },
        "app/views/users/new.html.erb",
        "8",
        "6",
        id="ruby-hint-view",
    ),
    pytest.param(
        {
            "a.rb": (
                "class T\n"
                "  validates :tags, length: { in: 2..5 }\n"
                '  TAG_HINT = "Choose between @@ and 5 tags"\n'
                "end\n"
            )
        },
        "a.rb",
        "2",
        "3",
        id="range",
    ),
    pytest.param(
        {
            "a.rb": ("class A\n  INVITE_EXPIRY = @@.days\nend\n"),
            "t.html.erb": "<p>This invite expires in 7 days.</p>\n",
        },
        "a.rb",
        "7",
        "3",
        id="ruby-dur",
    ),
    pytest.param(
        {
            "app/models/post.rb": (
                "class Post < ApplicationRecord\n"
                "  MAX_TITLE_LENGTH = @@\n"
                "  validates :title, presence: true, length: { maximum: MAX_TITLE_LENGTH }\n"
                "end\n"
            ),
            "config/locales/en.yml": (
                'en:\n  posts:\n    form:\n      title_hint: "Titles can be up to 120 characters"\n'
            ),
            "app/views/posts/_form.html.erb": (
                '<%= f.text_field :title %>\n<p><%= t(".title_hint") %></p>\n'
            ),
        },
        "app/models/post.rb",
        "120",
        "80",
        id="rails-const",
    ),
    pytest.param(
        {
            "app/models/u.rb": (
                "class U < ApplicationRecord\n"
                "  validates :username,\n"
                "            length: {\n"
                "              minimum: @@,\n"
                '              message: "must be at least 3 characters"\n'
                "            }\n"
                "end\n"
            )
        },
        "app/models/u.rb",
        "3",
        "4",
        id="rails-inline-msg",
    ),
    pytest.param(
        {
            "u.rb": (
                "class U\n"
                '  validates_length_of :bio, maximum: @@, too_long: "must have at most 160 characters"\n'
                "end\n"
            )
        },
        "u.rb",
        "160",
        "200",
        id="rails-validates_length_of",
    ),
    pytest.param(
        {
            "a.rb": (
                "class A\n"
                "  MAX = 5\n"
                "  def limit_tags\n"
                "    errors.add(:tags, :too_many) if tags.size > MAX\n"
                "  end\n"
                "end\n"
            ),
            "config/locales/en.yml": (
                'en:\n  errors:\n    messages:\n      too_many: "can have at most @@ tags"\n'
            ),
        },
        "config/locales/en.yml",
        "5",
        "10",
        id="rails-errors-add",
    ),
    pytest.param(
        {
            "config/initializers/devise.rb": (
                "Devise.setup do |config|\n"
                "  config.password_length = @@..128\n"
                "  config.reset_password_within = 6.hours\n"
                "end\n"
            ),
            "app/views/r.html.erb": (
                "<%= f.password_field :password %>\n<em>Password must be at least 6 characters</em>\n"
            ),
        },
        "config/initializers/devise.rb",
        "6",
        "8",
        id="devise",
    ),
    pytest.param(
        {
            "config/initializers/devise.rb": (
                "Devise.setup do |config|\n"
                "  config.password_length = 6..128\n"
                "  config.reset_password_within = @@.hours\n"
                "end\n"
            ),
            "app/views/r.html.erb": "<p>The reset password link is valid for 6 hours.</p>\n",
        },
        "config/initializers/devise.rb",
        "6",
        "2",
        id="devise-within",
    ),
]


@pytest.mark.parametrize(("files", "path", "old", "new"), RUBY)
def test_copy_and_code_that_part_are_found(
    read: Callable[..., Any], files: dict[str, str], path: str, old: str, new: str
) -> None:
    made = read(*change(files, path, old, new))
    sure = [pair for pair in made.pairs if pair[2] != "low"]
    assert sure
    assert any(path in (copy.rsplit(":", 1)[0], code.rsplit(":", 1)[0]) for copy, code, _ in sure)


@pytest.mark.parametrize(("files", "path", "old", "new"), RUBY)
def test_the_change_that_brings_them_together_is_quiet(
    read: Callable[..., Any], files: dict[str, str], path: str, old: str, new: str
) -> None:
    made = read(*change(files, path, new, old))
    assert [pair for pair in made.pairs if pair[2] != "low"] == []
