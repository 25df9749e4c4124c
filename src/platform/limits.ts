/**
 * The Open Platform's limits, explained in docs/platform/limits.md.
 *
 * The names contain the units: Ms, S, Bytes; plain numbers are counts.
 */

/** Below this a token call returns a new token while the old one stays valid. */
export const TOKEN_RENEWAL_MS = 30 * 60_000;
/** The longest life of a tenant_access_token. */
export const TOKEN_LIFE_S = 7200;

/** A text message's request body. */
export const TEXT_BODY_BYTES = 150 * 1024;
/** A card's or post's request body; style tags inflate it. */
export const CARD_BODY_BYTES = 30 * 1024;
/** Characters of the `uuid` that makes a send idempotent, for one hour. */
export const UUID_LENGTH = 50;
export const UUID_WINDOW_MS = 60 * 60_000;

/** Messages to one person, and to one group (shared by all its bots). */
export const MESSAGES_PER_SECOND_PER_CHAT = 5;
/** Messages of one app. */
export const MESSAGES_PER_MINUTE_PER_APP = 1000;
export const MESSAGES_PER_SECOND_PER_APP = 50;

/** Calls of one API by one app, unless its page has numbers of its own. */
export const CALLS_PER_SECOND_PER_API = 50;
export const CALLS_PER_MINUTE_PER_API = 1000;

/** Edits (PUT) of one message. */
export const EDITS_PER_MESSAGE = 20;
/** Patches of one card. */
export const CARD_PATCHES_PER_SECOND = 5;
/** How long a card can be patched. */
export const CARD_PATCH_WINDOW_MS = 14 * 24 * 60 * 60_000;

/** Objects with a `tag` in one card, nested ones counted (300305). */
export const CARD_ELEMENTS = 200;
/** Tables rendered in one card; the next one gives 230099/11310 (official plugin's constant). */
export const CARD_TABLES = 3;

/** How deep components of a card 2.0 may be nested. */
export const CARD_DEPTH = 5;

/** Operations on one card entity. */
export const CARD_OPERATIONS_PER_SECOND = 10;
/** Streaming ends by itself so long after it was opened last; writing does not extend it. */
export const CARD_STREAMING_MS = 10 * 60_000;
/** How long a card entity can be sent and changed. */
export const CARD_ENTITY_LIFE_MS = 14 * 24 * 60 * 60_000;
/** Characters of one streamed text (`content`). */
export const CARD_CONTENT_CHARACTERS = 100_000;
/** Characters of the `uuid` of an operation on a card entity. */
export const CARD_UUID_LENGTH = 64;
/** How long the token of a click updates the card, and how often. */
export const CARD_TOKEN_MS = 30 * 60_000;
export const CARD_TOKEN_USES = 2;

/** Upload of an image, of a file. */
export const IMAGE_UPLOAD_BYTES = 10 * 1024 * 1024;
export const FILE_UPLOAD_BYTES = 30 * 1024 * 1024;
/** Pixels a side of an uploaded image, of a GIF (234039). */
export const IMAGE_SIDE_PIXELS = 12_000;
export const GIF_SIDE_PIXELS = 2_000;

/** An event not acknowledged within this time is sent again. */
export const EVENT_ACK_MS = 3000;
/** When an unacknowledged event comes again, after the attempt before it. */
const REDELIVERY_MS: readonly number[] = [15_000, 5 * 60_000, 60 * 60_000, 6 * 60 * 60_000];
/** How long the same event may come again: about 7.1 h. */
export const REDELIVERY_WINDOW_MS = REDELIVERY_MS.reduce((sum, wait) => sum + wait);

/** Long connections of one app; each event goes to one of them at random. */
export const CONNECTIONS_PER_APP = 50;

/** Life of a scan-to-create link; it works for one person. */
export const SCAN_LINK_MS = 10 * 60_000;

/** A resource that can be downloaded (234037; docs/platform/media-and-cards.md#downloads). */
export const RESOURCE_DOWNLOAD_BYTES = 100 * 1024 * 1024;
/** The largest `page_size` of a list of messages. */
export const PAGE_SIZE_OF_MESSAGES = 50;
