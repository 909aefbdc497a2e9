import pytest

from reviewer.evidence.trace.declared.read import declared_entries


def told(text: str) -> list[str]:
    """`label -> target` of each route."""
    lines = text.split("\n")
    found = declared_entries("blog/config/routes.rb", lines).entries
    assert all(each.entry.quote == lines[each.entry.line - 1] for each in found)
    assert {each.entry.path for each in found} <= {"blog/config/routes.rb"}
    return [f"{each.entry.label} -> {each.target}" for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('root "home#index"', ["GET / -> home#index"]),
        ('root to: "home#index"', ["GET / -> home#index"]),
        ('get "/users/:id", to: "users#show"', ["GET /users/:id -> users#show"]),
        ('post "login" => "sessions#create", as: :login', ["POST /login -> sessions#create"]),
        ('get "photos/poll"', ["GET /photos/poll -> photos#poll"]),
        ('match "a", to: "a#b", via: [:get, :post]', ["GET,POST /a -> a#b"]),
        ("get :a, controller: :users, action: :all", ["GET /a -> users#all"]),
        ('get "a",\n  to: "users#all"', ["GET /a -> users#all"]),
        (
            "resources :users, only: [:index, :show]",
            ["GET /users -> users#index", "GET /users/:id -> users#show"],
        ),
        ("resources :users, only: %i[destroy]", ["DELETE /users/:id -> users#destroy"]),
        ("resources :users, :posts, only: :new", ["GET /users/new -> users#new", "GET /posts/new -> posts#new"]),
        ("resource :session, only: :create", ["POST /session -> sessions#create"]),
        (
            "resource :category, except: [:new, :edit, :show, :update]",
            ["POST /category -> categories#create", "DELETE /category -> categories#destroy"],
        ),
        ("namespace :admin do\n  get 'a', to: 'a#b'\nend", ["GET /admin/a -> admin/a#b"]),
        (
            "scope '/x', module: 'y' do\n  get 'a' => 'a#b'\nend\nget 'c' => 'c#d'",
            ["GET /x/a -> y/a#b", "GET /c -> c#d"],
        ),
        ("scope module: :y do\n  root 'a#b'\nend", ["GET / -> y/a#b"]),
        ("authenticate :user do\n  get 'a', to: 'a#b'\nend", ["GET /a -> a#b"]),
        ("controller :users do\n  get 'a', action: :all\nend", ["GET /a -> users#all"]),
        (
            "resources :posts, only: [] do\n  resources :comments, only: :index\nend",
            ["GET /posts/:post_id/comments -> comments#index"],
        ),
        (
            "resources :posts, only: [] do\n  member do\n    get :preview\n  end\n  get :old, on: :collection\nend",
            ["GET /posts/:id/preview -> posts#preview", "GET /posts/old -> posts#old"],
        ),
    ],
)  # fmt: skip
def test_a_route_leads_to_an_action(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_resources_have_seven_actions() -> None:
    assert [one.rsplit("#")[1] for one in told("resources :users")] == [
        "index", "create", "new", "edit", "show", "update", "destroy",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        '# get "/old", to: "old#show"',
        'get "about"',
        'get "/a", to: redirect("/b")',
        "get '/a', to: ->(env) { [200] }",
        'mount Engine => "/x"',
        "concern :commentable do\n  resources :comments\nend",
        "resources :users, only: []",
        "direct :home do\n  'x'\nend",
        'getter "/a", to: "a#b"',
    ],
)
def test_what_names_no_action_is_no_route(text: str) -> None:
    assert told(text) == []
