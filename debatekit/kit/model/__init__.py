"""What an author writes, as frozen records: the one description of the kit format.

Stage: the target of ``load`` and the source of the JSON Schema. Records hold what
the YAML said and where it said it (``origin``), nothing derived: what is chosen,
ordered, numbered or laid out belongs to ``documents``. Nothing here reads files.
"""

from __future__ import annotations

from debatekit.kit.model.background import (
    CodedComment,
    CommentsFile,
    Event,
    Explainer,
    MeasuresFile,
    PeopleFile,
    Person,
    Reading,
    ReadingParagraph,
    TimelineFile,
)
from debatekit.kit.model.base import (
    SIDES,
    Confidence,
    DateText,
    Id,
    Mistake,
    Prose,
    Record,
    Reference,
    Side,
    Skill,
    SourceKind,
    Stance,
)
from debatekit.kit.model.cases import (
    Contention,
    Evidence,
    Fact,
    FactsFile,
    GlossaryFile,
    Rebuttal,
    SideFile,
    Support,
    Term,
    Weighing,
)
from debatekit.kit.model.classroom import (
    Copies,
    FairnessFile,
    Groups,
    Lesson,
    Move,
    Printed,
    Standard,
    StandardsFile,
    StartersFile,
    Statement,
    Step,
)
from debatekit.kit.model.formats import (
    DebateFormat,
    FormatsFile,
    Poi,
    Prep,
    SideNames,
    Speech,
)
from debatekit.kit.model.frame import Blueprint, KitFile, Measure, Motion
from debatekit.kit.model.items import (
    GAP,
    PROVES,
    Extra,
    Guide,
    Item,
    ItemsFile,
    ItemType,
    Option,
    OrderStep,
    Pair,
    Part,
    Proof,
)
from debatekit.kit.model.sources import (
    Locator,
    Passage,
    Questions,
    Source,
    SourceCheck,
    SourceText,
)

AnyFile = (
    KitFile
    | Source
    | FactsFile
    | GlossaryFile
    | SideFile
    | ItemsFile
    | MeasuresFile
    | TimelineFile
    | PeopleFile
    | CommentsFile
    | Reading
    | Lesson
    | StartersFile
    | StandardsFile
    | FairnessFile
    | FormatsFile
)

__all__ = [
    "GAP",
    "PROVES",
    "SIDES",
    "AnyFile",
    "Blueprint",
    "CodedComment",
    "CommentsFile",
    "Confidence",
    "Contention",
    "Copies",
    "DateText",
    "DebateFormat",
    "Event",
    "Evidence",
    "Explainer",
    "Extra",
    "Fact",
    "FactsFile",
    "FairnessFile",
    "FormatsFile",
    "GlossaryFile",
    "Groups",
    "Guide",
    "Id",
    "Item",
    "ItemType",
    "ItemsFile",
    "KitFile",
    "Lesson",
    "Locator",
    "Measure",
    "MeasuresFile",
    "Mistake",
    "Motion",
    "Move",
    "Option",
    "OrderStep",
    "Pair",
    "Part",
    "Passage",
    "PeopleFile",
    "Person",
    "Poi",
    "Prep",
    "Printed",
    "Proof",
    "Prose",
    "Questions",
    "Reading",
    "ReadingParagraph",
    "Rebuttal",
    "Record",
    "Reference",
    "Side",
    "SideFile",
    "SideNames",
    "Skill",
    "Source",
    "SourceCheck",
    "SourceKind",
    "SourceText",
    "Speech",
    "Stance",
    "Standard",
    "StandardsFile",
    "StartersFile",
    "Statement",
    "Step",
    "Support",
    "Term",
    "TimelineFile",
    "Weighing",
]
