"""Every detector. What is not listed here is not looked for."""

from reviewer.domain.hazard import HazardTopic
from reviewer.evidence.hazards.detector import Comparison, Detector
from reviewer.evidence.hazards.kinds import (
    dangerous_calls,
    leftover,
    mutable_default,
    open_todo,
    weakened_test,
)
from reviewer.evidence.hazards.kinds.dependency_risk import changes, install_scripts, lock_entries
from reviewer.evidence.hazards.kinds.dependency_risk.manifests import is_manifest
from reviewer.evidence.hazards.kinds.missing_await import MISSING_AWAIT
from reviewer.evidence.hazards.kinds.risky_migration import (
    alembic,
    django,
    django_files,
    django_losses,
    rails,
    sql,
)
from reviewer.evidence.hazards.kinds.risky_migration.django_operations import is_django_migration
from reviewer.evidence.hazards.kinds.swallowed_error import SWALLOWED_ERROR
from reviewer.evidence.hazards.kinds.unclosed_resource import UNCLOSED_RESOURCE
from reviewer.evidence.hazards.kinds.workflow_risk import look as workflow_risk
from reviewer.evidence.hazards.kinds.workflow_risk.workflow import is_workflow
from reviewer.evidence.hazards.paths import code_in

DETECTORS: tuple[Detector, ...] = (
    Detector(HazardTopic.DANGEROUS_CALL, dangerous_calls.applies, dangerous_calls.find),
    Detector(HazardTopic.MUTABLE_DEFAULT, code_in("python"), mutable_default.find),
    Detector(
        HazardTopic.SWALLOWED_ERROR, code_in(*SWALLOWED_ERROR.languages, tests=False), SWALLOWED_ERROR.find
    ),
    Detector(HazardTopic.MISSING_AWAIT, code_in(*MISSING_AWAIT.languages), MISSING_AWAIT.find),
    Detector(
        HazardTopic.UNCLOSED_RESOURCE,
        code_in(*UNCLOSED_RESOURCE.languages, tests=False),
        UNCLOSED_RESOURCE.find,
    ),
    Detector(HazardTopic.LEFTOVER, leftover.conflicts.applies, leftover.conflicts.find, by_syntax=False),
    Detector(HazardTopic.LEFTOVER, leftover.debugging.applies, leftover.debugging.DEBUGGING.find),
    Detector(HazardTopic.OPEN_TODO, code_in(*open_todo.LANGUAGES), open_todo.find),
    Detector(HazardTopic.RISKY_MIGRATION, is_django_migration, django.find),
    Detector(HazardTopic.DOUBTFUL_MIGRATION, is_django_migration, django_losses.find),
    Detector(HazardTopic.DOUBTFUL_MIGRATION, rails.is_rails_migration, rails.find),
    Detector(HazardTopic.DOUBTFUL_MIGRATION, alembic.is_alembic_migration, alembic.find),
    Detector(HazardTopic.DOUBTFUL_MIGRATION, sql.is_sql_migration, sql.find, by_syntax=False),
    Detector(HazardTopic.WORKFLOW_RISK, is_workflow, workflow_risk.find, by_syntax=False),
)
COMPARISONS: tuple[Comparison, ...] = (
    Comparison(HazardTopic.WEAKENED_TEST, weakened_test.applies, weakened_test.find),
    Comparison(HazardTopic.RISKY_MIGRATION, is_django_migration, django_files.last_twice),
    Comparison(HazardTopic.DOUBTFUL_MIGRATION, is_django_migration, django_files.edited),
    Comparison(HazardTopic.DEPENDENCY_RISK, is_manifest, changes.compare, by_syntax=False),
    Comparison(HazardTopic.DEPENDENCY_RISK, is_manifest, install_scripts.scripts, by_syntax=False),
    Comparison(
        HazardTopic.DEPENDENCY_RISK,
        lock_entries.is_lock,
        lock_entries.compare,
        by_syntax=False,
        max_bytes=lock_entries.MAX_BYTES,
    ),
    Comparison(HazardTopic.WORKFLOW_RISK, is_workflow, workflow_risk.compare, by_syntax=False),
)
