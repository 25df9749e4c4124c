/**
 * Decides which addresses of the internet a bot may fetch for an answer. Pure.
 *
 * An answer can name any URL, and an agent can be talked into naming one: a request into the network
 * of this machine would read what only this machine can see, such as the metadata of a cloud.
 */
import ipaddr from 'ipaddr.js';
import { trimEndOf } from '../../shared/text/trim-end.ts';

/** Why a URL is not fetched. */
export type UrlRefusal = 'invalid' | 'scheme' | 'credentials' | 'not-public';

/** Decides on an IP address; tests allow the loopback, the product does not. */
export type AllowAddress = (address: string) => boolean;

/** IPv6 hands out global addresses in 2000::/3 alone (IANA, IPv6 Global Unicast Address Space). */
const GLOBAL_IPV6 = ipaddr.IPv6.parse('2000::');
/** The prefix under which NAT64 shows IPv4 to networks without it (RFC 6052). */
const NAT64 = ipaddr.IPv6.parse('64:ff9b::');
/** Longer names are no host names (RFC 1035, characters). */
const MAX_HOST_LENGTH = 253;
const MAX_URL_LENGTH = 4096;

/** Names that never leave the local network (RFC 6761, 6762, 8375, 9476; ICANN: internal). */
const localNames =
  /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|home\.arpa|test|invalid|onion|alt)$/;

/**
 * Whether an IP address belongs to the public internet, however it is spelled.
 *
 * @example
 * isPublicAddress('93.184.216.34') // true
 * isPublicAddress('::ffff:10.0.0.1') // false
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.range() === 'unicast';
  if (parsed.isIPv4MappedAddress()) return parsed.toIPv4Address().range() === 'unicast';
  if (parsed.match(NAT64, 96)) return embeddedIpv4(parsed).range() === 'unicast';
  return parsed.range() === 'unicast' && parsed.match(GLOBAL_IPV6, 3);
}

function embeddedIpv4(address: ipaddr.IPv6): ipaddr.IPv4 {
  return new ipaddr.IPv4(address.toByteArray().slice(-4));
}

/**
 * Reads a URL that may be fetched, as far as it shows that by itself: what its name resolves to is
 * checked when it is connected to.
 */
export function parseFetchable(
  url: string,
  isAllowed: AllowAddress = isPublicAddress,
): URL | UrlRefusal {
  // Blanks and line ends inside a URL are dropped by the parser, and hide what it is.
  if (url.length > MAX_URL_LENGTH || /\s/.test(url) || !URL.canParse(url)) return 'invalid';
  const parsed = new URL(url);
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return 'scheme';
  if (parsed.username !== '' || parsed.password !== '') return 'credentials';
  const host = hostOf(parsed);
  if (host === '' || host.length > MAX_HOST_LENGTH) return 'invalid';
  // The parser has turned decimal, octal and hexadecimal spellings into four numbers.
  if (ipaddr.isValid(host)) return isAllowed(host) ? parsed : 'not-public';
  return isLocalName(host) ? 'not-public' : parsed;
}

/** The host of a URL without brackets and without the dot that ends a full name. */
export function hostOf({ hostname }: URL): string {
  return trimEndOf(hostname.replace(/^\[|\]$/g, ''), '.');
}

/** A name without a dot is found in the local network, if at all. */
function isLocalName(host: string): boolean {
  return !host.includes('.') || localNames.test(host.toLowerCase());
}
