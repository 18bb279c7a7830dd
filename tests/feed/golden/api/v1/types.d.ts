// Types of the feed, made from its JSON Schemas. Do not edit: the next build makes this file again.

export interface Amount {
  readonly value: number;
  readonly unit: LocalText;
  readonly per: LocalText | null;
  /** Whether the provider raises it on request; null where no source says. */
  readonly adjustable: boolean | null;
}

export interface Change {
  readonly id: Id;
  readonly change: ChangeKind;
  /** Day of publication; null where nobody wrote it down. */
  readonly date: Day | null;
  /** The release that brought it. */
  readonly release: TextValue | null;
  /** Revision of the record after the change; null for a retired id. */
  readonly revision: number | null;
  /** Of the record, in the language of the source. */
  readonly title: LocalText | null;
  /** The ids that took its place. */
  readonly to: ReadonlyArray<Id>;
  /** Empty where nobody wrote them down. */
  readonly fields: ReadonlyArray<FieldChange>;
}

/** 'withdrawn': the record says so of every variant; 'removed': the id is gone. */
export type ChangeKind = "added" | "meaning" | "editorial" | "moved" | "split" | "withdrawn" | "removed";

/** What happened to each id. */
export interface Changes {
  /** The schema of this document. */
  readonly $schema: Url;
  readonly schema_version: "1.1";
  /** Name of the project. */
  readonly project: TextValue;
  readonly source_locale: "en";
  /** Newest first, those without a day last. */
  readonly changes: ReadonlyArray<Change>;
}

export interface Claim {
  readonly text: LocalText;
  readonly evidence: Evidence;
}

export type Day = string;

export interface Effect {
  readonly id: "rejected" | "ignored" | "pending" | "unavailable" | "throttled" | "rounded" | "truncated";
  readonly label: LocalText;
}

export interface Evidence {
  readonly source: TextValue;
  readonly url: Url | null;
  readonly commit: TextValue | null;
  readonly version: TextValue | null;
  readonly date: Day | null;
  readonly note: LocalText | null;
}

export interface FieldChange {
  readonly field: TextValue;
  /** Null where there was no value. */
  readonly before: TextValue | null;
  /** Null where there is no value any more. */
  readonly after: TextValue | null;
}

export interface File {
  /** Relative to the root of the site. */
  readonly path: string;
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
  readonly media_type: "application/json" | "application/schema+json" | "application/feed+json" | "application/atom+xml" | "application/vnd.oai.openapi+json" | "application/typescript";
  /** Null for a file that is the same in all languages. */
  readonly locale: Locale | null;
  /** The schema that the file follows, where it has one. */
  readonly schema: Url | null;
}

export type Id = string;

/** Files of the feed. */
export interface Index {
  /** The schema of this document. */
  readonly $schema: Url;
  readonly schema_version: "1.1";
  /** Name of the project. */
  readonly project: TextValue;
  /** Address of the site. */
  readonly url: Url;
  /** Revision of the sources, where it is known. */
  readonly revision: TextValue | null;
  readonly source_locale: "en";
  readonly locales: ReadonlyArray<Locale>;
  readonly files: ReadonlyArray<File>;
}

export interface Kind {
  readonly id: "limitation" | "requirement" | "quota" | "region" | "incompatibility";
  readonly label: LocalText;
}

/** Records in one language. */
export interface Limitations {
  /** The schema of this document. */
  readonly $schema: Url;
  readonly schema_version: "1.1";
  /** Name of the project. */
  readonly project: TextValue;
  readonly locale: Locale;
  readonly source_locale: "en";
  /** In the order of their ids. */
  readonly records: ReadonlyArray<Record>;
}

export interface LocalText {
  readonly text: TextValue;
  /** Language of the text itself. */
  readonly lang: Locale;
  /** 'source' is the original; 'fallback' is the original for want of a translation. */
  readonly state: "source" | "fallback" | "machine" | "stale" | "translated" | "approved";
}

/** A BCP 47 tag. */
export type Locale = string;

export type Moment = string;

/** Changes of meaning as JSON Feed. */
export interface News {
  readonly version: "https://jsonfeed.org/version/1.1";
  readonly title: TextValue;
  readonly home_page_url: Url;
  readonly feed_url: Url;
  readonly language: Locale;
  readonly authors: ReadonlyArray<NewsAuthor>;
  /** Newest first. */
  readonly items: ReadonlyArray<NewsItem>;
}

export interface NewsAuthor {
  readonly name: TextValue;
  readonly url: Url;
}

export interface NewsExtension {
  /** What JSON Feed asks an extension to say of itself. */
  readonly about: Url;
  readonly id: Id;
  readonly change: "added" | "meaning" | "moved" | "split" | "withdrawn" | "removed";
  readonly revision: number | null;
  readonly release: TextValue | null;
  readonly fields: ReadonlyArray<TextValue>;
  readonly state: "source" | "fallback" | "machine" | "stale" | "translated" | "approved";
}

export interface NewsItem {
  /** Of a change: it has the revision of the record. */
  readonly id: Url;
  readonly url: Url;
  readonly title: TextValue;
  /** Markdown. */
  readonly content_text: TextValue;
  readonly date_published: Moment;
  readonly language: Locale;
  readonly tags: ReadonlyArray<Word>;
  readonly _knooppunt: NewsExtension;
}

export interface Record {
  /** Stable for ever; a retired one is in redirects.json. */
  readonly id: Id;
  readonly kind: Kind;
  readonly title: LocalText;
  /** Markdown, as all texts here. */
  readonly statement: LocalText;
  readonly workaround: LocalText | null;
  /** Who imposes it. */
  readonly layer: WordLabel;
  /** What happens to a workload that it applies to. */
  readonly effect: Effect | null;
  /** What it is about in the words of the product. */
  readonly subject: LocalText | null;
  /** Paths in an object: spec.hostAliases. */
  readonly fields: ReadonlyArray<TextValue>;
  readonly variants: ReadonlyArray<Variant>;
  readonly amounts: ReadonlyArray<Amount>;
  readonly evidence: ReadonlyArray<Evidence>;
  /** Claims of sources that contradict each other. */
  readonly disputed: ReadonlyArray<Claim> | readonly [];
  readonly references: ReadonlyArray<Reference>;
  /** How a program tells whether the record applies. */
  readonly rule: Rule | null;
  /** One more with each change of meaning. */
  readonly revision: number;
  /** Day of the newest fact; neither an edit of a text nor a translation moves it. */
  readonly modified: Day | null;
  readonly article: TextValue;
  readonly url: Url;
}

/** What stands for one id. */
export interface RecordFile {
  /** The schema of this document. */
  readonly $schema: Url;
  readonly schema_version: "1.1";
  /** Name of the project. */
  readonly project: TextValue;
  readonly locale: Locale;
  readonly source_locale: "en";
  /** The id that was asked for. */
  readonly id: Id;
  /** How the id was retired; null while it is in use. */
  readonly redirect: Redirect | null;
  /** The record itself, or those that stand for a retired id today. */
  readonly records: ReadonlyArray<Record>;
}

export interface Redirect {
  readonly id: Id;
  readonly kind: "moved" | "split";
  readonly to: ReadonlyArray<Id>;
  /** The records that stand for it today, at the end of all redirects. */
  readonly records: ReadonlyArray<Id>;
}

/** Retired ids. */
export interface Redirects {
  /** The schema of this document. */
  readonly $schema: Url;
  readonly schema_version: "1.1";
  /** Name of the project. */
  readonly project: TextValue;
  readonly redirects: ReadonlyArray<Redirect>;
}

export interface Reference {
  readonly title: LocalText;
  readonly url: Url;
}

export interface Rule {
  /** What the rule reads. */
  readonly target: "manifest" | "cluster" | "tool";
  /** An expression of CEL, true where the record applies. */
  readonly cel: TextValue;
}

export interface Status {
  readonly id: "active" | "permanent" | "lifted" | "withdrawn" | "not-applicable" | "unknown";
  readonly label: LocalText;
}

export type TextValue = string;

export type Url = string;

export interface Variant {
  readonly id: Word;
  readonly label: LocalText;
  readonly status: Status;
  readonly since: Day | null;
  readonly until: Day | null;
  readonly note: LocalText | null;
  readonly evidence: ReadonlyArray<Evidence>;
}

export type Word = string;

export interface WordLabel {
  readonly id: Word;
  readonly label: LocalText;
}
