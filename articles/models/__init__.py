"""Nouns: what a newsroom keeps, one file each."""

from articles.models.article import Article, ArticleCompany, ArticleTopic, Byline, RelatedStory
from articles.models.author import Author
from articles.models.company import Company, Listing
from articles.models.content import CONTENT_FIELDS
from articles.models.edition import SCHEMA, Edition, EditionAuthor, EditionCompany, EditionTopic
from articles.models.exchange import Exchange
from articles.models.fragment import Fragment
from articles.models.image import Image
from articles.models.purge import Purge, PurgeWatch, Unpurged
from articles.models.redirect import Redirect
from articles.models.revision import Revision, SavedText
from articles.models.section import Section
from articles.models.source import Source
from articles.models.topic import Topic
from articles.models.transition import Transition
from articles.models.word import Word

__all__ = [
    "CONTENT_FIELDS",
    "SCHEMA",
    "Article",
    "ArticleCompany",
    "ArticleTopic",
    "Author",
    "Byline",
    "Company",
    "Edition",
    "EditionAuthor",
    "EditionCompany",
    "EditionTopic",
    "Exchange",
    "Fragment",
    "Image",
    "Listing",
    "Purge",
    "PurgeWatch",
    "Redirect",
    "RelatedStory",
    "Revision",
    "SavedText",
    "Section",
    "Source",
    "Topic",
    "Transition",
    "Unpurged",
    "Word",
]
