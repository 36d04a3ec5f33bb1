"""Nouns: what a newsroom keeps, one file each."""

from articles.models.article import Article, ArticleCompany, ArticlePerson, ArticleTopic, Byline, RelatedStory
from articles.models.author import Author
from articles.models.company import Company, CompanyName, Listing
from articles.models.content import CONTENT_FIELDS
from articles.models.edition import SCHEMA, Edition, EditionAuthor, EditionCompany, EditionPerson, EditionTopic
from articles.models.exchange import Exchange, ExchangeDay
from articles.models.fragment import Fragment
from articles.models.image import Image
from articles.models.mention import AliasRule, DismissedMention
from articles.models.names_stamp import NamesChange
from articles.models.person import Person, PersonRole
from articles.models.prices import DailyPrice, Quote, ReferenceRate, Split
from articles.models.purge import Purge, PurgeWatch, Unpurged
from articles.models.redirect import Redirect
from articles.models.reference import DoubtfulQuote, FileRecord, QuoteSource
from articles.models.revision import Revision, SavedText
from articles.models.section import Section
from articles.models.source import Source
from articles.models.topic import Topic
from articles.models.transition import Transition
from articles.models.word import Word

__all__ = [
    "CONTENT_FIELDS",
    "SCHEMA",
    "AliasRule",
    "Article",
    "ArticleCompany",
    "ArticlePerson",
    "ArticleTopic",
    "Author",
    "Byline",
    "Company",
    "CompanyName",
    "DailyPrice",
    "DismissedMention",
    "DoubtfulQuote",
    "Edition",
    "EditionAuthor",
    "EditionCompany",
    "EditionPerson",
    "EditionTopic",
    "Exchange",
    "ExchangeDay",
    "FileRecord",
    "Fragment",
    "Image",
    "Listing",
    "NamesChange",
    "Person",
    "PersonRole",
    "Purge",
    "PurgeWatch",
    "Quote",
    "QuoteSource",
    "Redirect",
    "ReferenceRate",
    "RelatedStory",
    "Revision",
    "SavedText",
    "Section",
    "Source",
    "Split",
    "Topic",
    "Transition",
    "Unpurged",
    "Word",
]
