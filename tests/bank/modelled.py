"""A small bank with a profile."""

QUESTIONS = """
    - {id: a, domain: e, minimum: 2, when: {stage: [early, late]}}
    - {id: b, domain: d, kind: barrier, values: [0, 0.5, 2]}
    - {id: c, domain: e}
    - {id: z, domain: e}
"""

PROFILE = "{stage: [early, late, over]}"
