"""Templates are parsed and compiled up to the limits; beyond them, the line is told."""

import pytest
from jinja2 import TemplateSyntaxError

from readiness.document.template_depth import LONG_NUMBER, MAX_DEPTH, MAX_LOOPS, TOO_DEEP
from readiness.document.templates import html_environment

_WORDS = 4
"""Of the depth of a template, what the template itself takes and the words inside."""


def nested(opened: str, closed: str, times: int) -> str:
    return "".join(opened.replace("#", str(at)) for at in range(times)) + "{{ a }}" + closed * times


BLOCKS = {
    "choice": ("{% if a %}", "{% endif %}"),
    "block": ("{% block a# %}", "{% endblock %}"),
    "macro": ("{% macro a#() %}", "{% endmacro %}"),
    "call": ("{% call a() %}", "{% endcall %}"),
    "filter": ("{% filter upper %}", "{% endfilter %}"),
    "text": ("{% set a %}", "{% endset %}"),
    "name": ("{% with b = 1 %}", "{% endwith %}"),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_blocks_inside_one_another_are_compiled_up_to_the_limit(name: str) -> None:
    opened, closed = BLOCKS[name]
    html_environment().from_string(nested(opened, closed, (MAX_DEPTH - _WORDS) // (1 + (name == "call"))))
    for times in (MAX_DEPTH, 3_000):
        with pytest.raises(TemplateSyntaxError, match=TOO_DEEP) as error:
            html_environment().from_string("\n" + nested(opened, closed, times))
        assert error.value.lineno == 2


def test_loops_are_compiled_inside_all_else_up_to_the_limits() -> None:
    loops = nested("{% for a in [1] %}{{ loop.index }}", "{% endfor %}", MAX_LOOPS)
    choices = MAX_DEPTH - MAX_LOOPS - _WORDS
    text = "{% if 1 %}" * choices + loops + "{% endif %}" * choices
    assert html_environment().from_string(text).render(a=1) == "1" * MAX_LOOPS + "1"
    with pytest.raises(TemplateSyntaxError, match=TOO_DEEP):
        html_environment().from_string(nested("{% for a in [1] %}", "{% endfor %}", MAX_LOOPS + 1))


@pytest.mark.parametrize(
    "template",
    [
        f"{{{{ {'(' * 3_000}1{')' * 3_000} }}}}",
        f"{{{{ {'[' * 3_000}1{']' * 3_000} }}}}",
        f"{{{{ {'1+' * 5_000}1 }}}}",
        f"{{{{ {'not ' * 5_000}1 }}}}",
        f"{{{{ {'a if a else ' * 5_000}1 }}}}",
        f"{{{{ a{'.b' * 5_000} }}}}",
        f"{{{{ a{'|upper' * 5_000} }}}}",
        f"{{% if 1 %}}{'{% elif 1 %}' * 5_000}{{% endif %}}",
    ],
)
def test_what_python_could_not_compile_is_told_with_its_line(template: str) -> None:
    with pytest.raises(TemplateSyntaxError, match=TOO_DEEP) as error:
        html_environment().from_string(f"one\ntwo\n{template}")
    assert error.value.lineno == 3


@pytest.mark.parametrize("number", ["9" * 5_000, "0x" + "f" * 5_000])
def test_a_number_of_thousands_of_digits_is_told_with_its_line(number: str) -> None:
    with pytest.raises(TemplateSyntaxError, match=LONG_NUMBER) as error:
        html_environment().from_string(f"one\n{{{{ {number} }}}}")
    assert error.value.lineno == 2


@pytest.mark.parametrize(
    "template",
    [
        f"{{% if 0 %}}{'{% elif 0 %}' * 400}{{% else %}}x{{% endif %}}",
        f"{{{{ ''{' ~ b' * 5_000} }}}}x",
        f"{{% set _ = [{'1,' * 5_000}] %}}x",
        f"{'{{ b }}' * 5_000}x",
        "{{ 10000000000000000000000 // 10000000000000000000000 * 'x' }}",
    ],
)
def test_what_is_long_and_not_deep_is_filled_in(template: str) -> None:
    assert html_environment().from_string(template).render(b="") == "x"
