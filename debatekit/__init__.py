"""debatekit: curated YAML in; debate handouts and quizzes out."""

__version__ = "0.1.0"
