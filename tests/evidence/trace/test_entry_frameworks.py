"""Entry points by framework, each with a near miss: the same words from another module, or another form."""

import pytest

from reviewer.evidence.resolve.modules import Modules
from reviewer.evidence.syntax.languages import grammar_of
from reviewer.evidence.syntax.source_file import SourceFile
from reviewer.evidence.trace.entry_points import entry_point
from reviewer.evidence.trace.origins import Origins

OWN = frozenset({"app/own.py", "web/own.ts", "app/__init__.py"})


def told(path: str, source: str, name: str) -> str | None:
    """`sort: label` of the definition of that qualified name."""
    grammar = grammar_of(path)
    assert grammar is not None
    file = SourceFile(path, source.encode(), grammar)
    definition = file.definition(name)
    assert definition is not None, [each.qualified_name for each in file.definitions]
    owner = file.definition(definition.owner) if definition.owner else None
    origins = Origins(file, Modules(OWN | {path}, read=lambda _: b""))
    found = entry_point(path, file.lines, definition, owner=owner, origins=origins)
    return f"{found.sort}: {found.label}" if found else None


ROUTE = "@app.get('/x')\ndef f(): pass\n"
COMMAND = "@cli.command()\ndef f(): pass\n"
VIEW = "class A(View):\n    def get(self, request): pass\n"
TASK = "@shared_task\ndef f(): pass\n"
SIGNAL = "@receiver(post_save)\ndef f(): pass\n"
FILTER = "from django import template\nregister = template.Library()\n@register.filter\ndef f(x): pass\n"
READY = "class A(AppConfig):\n    def ready(self): pass\n"
WSGI = "class A:\n    def __call__(self, environ, start_response): pass\n"
MIDDLEWARE = "class AMiddleware:\n    def __call__(self, request): pass\n"


@pytest.mark.parametrize(
    ("path", "source", "changed", "name", "expected"),
    [
        ("a.py", "from flask import Flask\napp = Flask('a')\n" + ROUTE, ("flask", "boxes"), "f", "route: GET /x"),
        ("a.py", "from app.own import app\n" + ROUTE, ("app.own", "boxes"), "f", "route: GET /x"),
        ("app/a.py", "from .own import app\n" + ROUTE, (".own", "boxes"), "f", "route: GET /x"),
        ("a.py", "from app.own import new\napp = new()\n" + ROUTE, ("app.own", "boxes"), "f", "route: GET /x"),
        ("a.py", "import click as cli\n" + COMMAND, ("click", "clickhouse"), "f", "command: f"),
        ("a.py", "from invoke import task\n@task\ndef f(c): pass\n", ("invoke", "prefect"), "f", "command: f"),
        ("a.py", "from celery import shared_task\n" + TASK, ("celery", "boxes"), "f", "job: f"),
        ("a.py", "from celery import shared_task\n" + TASK, ("celery", "app.own"), "f", "job: f"),
        ("a.py", "from django.dispatch import receiver\n" + SIGNAL, ("django", "radio"), "f", "event: post_save"),
        ("a.py", "from django.views import View\n" + VIEW, ("django.views", "boxes"), "A.get", "route: GET A"),
        ("a.py", "from app.own import View\n" + VIEW, ("app.own", "boxes"), "A.get", "route: GET A"),
        ("a.py", "from django.apps import AppConfig\n" + READY, ("django", "box"), "A.ready", "event: A.ready"),
        ("templatetags/a.py", FILTER, ("django", "boxes"), "f", "event: template f"),
        ("wsgi.py", WSGI, (", start_response", ""), "A.__call__", "route: WSGI A"),
        ("asgi.py", "async def app(scope, receive, send): pass\n", (", send", ""), "app", "route: ASGI"),
        ("a.py", MIDDLEWARE, ("request", "x"), "AMiddleware.__call__", "route: middleware AMiddleware"),
        ("a.py", "__all__ = [\n    'f',\n]\ndef f(): pass\n", ("'f'", "'g'"), "f", "export: f of a.py"),
        ("conftest.py", "def pytest_exit(): pass\n", ("pytest_exit", "exit"), "pytest_exit", "test: pytest_exit"),
    ],
)  # fmt: skip
def test_python(path: str, source: str, changed: tuple[str, str], name: str, expected: str) -> None:
    assert told(path, source, name) == expected
    assert told(path, source.replace(*changed), name.replace(*changed)) is None


def java(imported: str, body: str, head: str = "class A") -> str:
    return f"package a;\nimport {imported};\n{head} {{\n  {body}\n}}\n"


GET = '@GetMapping("/x") public String f() { return ""; }'
SPRING_GET = "org.springframework.web.bind.annotation.GetMapping"
SCHEDULED = "org.springframework.scheduling.annotation.Scheduled"
FILTERS = "public void doFilter(ServletRequest a, ServletResponse b, FilterChain c) {}"
ON_EVENT = "public void onApplicationEvent(E e) {}"
RUN = "public void run() {}"
RUNNER = java("org.springframework.boot.CommandLineRunner", RUN, "class A implements CommandLineRunner")
PICOCLI = java("picocli.CommandLine.Command", RUN, "@Command class A implements Runnable")
LISTENED = "class A implements ApplicationListener<E>"
LISTENER = java("org.springframework.context.ApplicationListener", ON_EVENT, LISTENED)


@pytest.mark.parametrize(
    ("source", "changed", "name", "expected"),
    [
        (java(SPRING_GET, GET), ("org.springframework", "com.shop"), "f", "route: GET /x"),
        (java("org.springframework.web.*", GET), ("org.springframework", "com.shop"), "f", "route: GET /x"),
        (java(SPRING_GET, GET), (f"import {SPRING_GET};", ""), "f", "route: GET /x"),
        (java("jakarta.ws.rs.GET", "@GET public void f() {}"), ("jakarta", "shop"), "f", "route: GET /"),
        (java(SCHEDULED, "@Scheduled void f() {}"), ("org.springframework", "com.shop"), "f", "job: f"),
        (java("a.B", FILTERS, "class A implements Filter"), ("Filter {", "C {"), "doFilter", "route: doFilter of A"),
        (LISTENER, ("org.springframework", "com.shop"), "onApplicationEvent", "event: onApplicationEvent of A"),
        (RUNNER, ("org.springframework", "com.shop"), "run", "main: run of A"),
        (PICOCLI, ("picocli", "shop"), "run", "command: A"),
    ],
)  # fmt: skip
def test_java(source: str, changed: tuple[str, str], name: str, expected: str) -> None:
    path = "src/main/java/a/A.java"
    assert told(path, source, f"A.{name}") == expected
    assert told(path, source.replace(*changed), f"A.{name}") is None


NEST = (
    "import {{ Controller, Get, Cron }} from '@nestjs/common'\n"
    "@Controller('a')\nexport class A {{\n  {}\n  f() {{}}\n}}\n"
)
PROPS = "export function getStaticProps() {}\n"
NEXT = "import { NextResponse } from 'next/server'\nexport function middleware() {}\n"


@pytest.mark.parametrize(
    ("path", "source", "changed", "name", "expected"),
    [
        ("a.ts", NEST.format("@Get('x')"), ("@nestjs/common", "lodash"), "A.f", "route: GET /a/x"),
        ("a.ts", NEST.format("@Get('x')"), ("@nestjs/common", "./own"), "A.f", "route: GET /a/x"),
        ("a.ts", NEST.format("@Cron('* *')"), ("@nestjs/common", "lodash"), "A.f", "job: A.f"),
        ("pages/a.tsx", PROPS, ("export ", ""), "getStaticProps", "route: getStaticProps /a"),
        ("src/routes/a/+page.ts", "export function load() {}\n", ("export ", ""), "load", "route: load /a/+page"),
        ("middleware.ts", NEXT, ("next/server", "other"), "middleware", "route: middleware of ."),
    ],
)  # fmt: skip
def test_ecmascript(path: str, source: str, changed: tuple[str, str], name: str, expected: str) -> None:
    assert told(path, source, name) == expected
    assert told(path, source.replace(*changed), name) is None


MAILER = "class AMailer < ApplicationMailer\n  def f\n  end\nend\n"
CHANNEL = "class AChannel < ApplicationCable::Channel\n  def f\n  end\nend\n"
PRIVATE = "  private\n\n  def"
GENERATOR = "class AGenerator < Rails::Generators::Base\n  def f\n  end\nend\n"
RACK = "class A\n  def call(env)\n    @app.call(env)\n  end\nend\n"
MIGRATION = "class A < ActiveRecord::Migration[7.1]\n  def change\n  end\nend\n"


@pytest.mark.parametrize(
    ("path", "source", "changed", "name", "expected"),
    [
        (
            "app/mailers/a_mailer.rb",
            MAILER,
            ("  def", PRIVATE),
            "AMailer.f",
            "job: mail AMailer.f",
        ),
        ("app/channels/a.rb", CHANNEL, ("::Channel", "::Other"), "AChannel.f", "event: AChannel.f"),
        (
            "generators/a_generator.rb",
            GENERATOR,
            ("  def", PRIVATE),
            "AGenerator.f",
            "command: generate a_generator",
        ),
        ("lib/a.rb", RACK, ("(env)\n", "(name)\n"), "A.call", "route: Rack A"),
        ("lib/a.rb", RACK, ("@app", "@next"), "A.call", "route: Rack A"),
        ("db/migrate/1_a.rb", MIGRATION, ("ActiveRecord::", "My"), "A.change", "command: migration 1_a"),
    ],
)
def test_ruby(path: str, source: str, changed: tuple[str, str], name: str, expected: str) -> None:
    assert told(path, source, name) == expected
    assert told(path, source.replace(*changed), name) is None
