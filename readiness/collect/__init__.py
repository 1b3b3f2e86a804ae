"""Gathers answers given elsewhere: filled forms and survey exports in, the questionnaire for survey programs out."""
