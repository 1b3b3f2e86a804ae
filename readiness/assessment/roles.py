"""Who can answer for a service: what a respondent is asked to choose from, wherever answers are given."""

from readiness.bank.model import Option
from readiness.language import N_

ROLES = (
    Option(id="service-manager", label=N_("Service manager")),
    Option(id="team-member", label=N_("Team member")),
    Option(id="peer-worker", label=N_("Peer Worker")),
    Option(id="senior-manager", label=N_("Senior manager")),
    Option(id="service-user", label=N_("Person who uses the service")),
    Option(id="other", label=N_("Other")),
)
