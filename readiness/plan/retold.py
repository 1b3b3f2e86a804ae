"""A person's edits of a plan, carried over to the same plan in another language."""

from readiness.plan.apply import wording_of
from readiness.plan.model import Plan
from readiness.plan.overlay import Edit, Overlay


def retold(overlay: Overlay, before: Plan, after: Plan) -> Overlay:
    """Return the edits of ``before``, so that they fit ``after``: the same computed plan in other words.

    An edit remembers what its action said. Where that is what ``before`` says, it becomes what ``after`` says: another
    language is not taken for a change of the question bank. A person's own words stay as they are.
    """
    said = {action.id: wording_of(action) for action in before.actions}
    says = {action.id: wording_of(action) for action in after.actions}

    def told(name: str, edit: Edit) -> Edit:
        if edit.before is None or name not in said or name not in says or not edit.before.says(said[name]):
            return edit
        return edit.model_copy(update={"before": says[name]})

    return overlay.model_copy(update={"actions": {name: told(name, edit) for name, edit in overlay.actions.items()}})
