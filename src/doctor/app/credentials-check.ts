/** The credentials: taken or not, which of the two is wrong, and whether they belong to the other brand. */

import { consoleLinks } from '../../platform/address/console-links.ts';
import type { PlatformClient } from '../../platform/client/client.ts';
import { isMoltbotFeishuError, type MoltbotFeishuError } from '../../shared/errors.ts';
import { localize } from '../../shared/text/text.ts';
import type { AppCheckContext } from '../app-context.ts';
import { type Check, type Finding, failure } from '../check.ts';
import { doctorTexts as texts } from '../doctor-texts.ts';

export const credentialsCheck: Check<AppCheckContext> = {
  id: 'credentials',
  needs: ['network'],
  isEssential: true,
  async probe({ client, otherBrand }, signal) {
    try {
      await client.tenantAccessToken({ signal });
      return { status: 'ok', detail: texts.accepted };
    } catch (error) {
      if (!isMoltbotFeishuError(error, 'credentials-rejected')) throw error;
      const mixedUp = otherBrand && (await atOtherBrand(client, otherBrand, error, signal));
      return mixedUp ?? rejected(client, error);
    }
  },
};

/** The finding where the other brand takes the same credentials; `undefined` where it does not. */
export async function atOtherBrand(
  client: PlatformClient,
  otherBrand: (domain: 'feishu' | 'lark') => PlatformClient,
  error: MoltbotFeishuError,
  signal: AbortSignal,
): Promise<Finding | undefined> {
  const { brand } = client.endpoints;
  if (brand === 'custom') return undefined;
  const other = brand === 'feishu' ? 'lark' : 'feishu';
  try {
    await otherBrand(other).tenantAccessToken({ signal });
  } catch (refusal) {
    // The other brand refuses too or is unreachable: the first error remains the result.
    if (isMoltbotFeishuError(refusal)) return undefined;
    throw refusal;
  }
  return {
    ...failure(error),
    otherBrand: other,
    detail: localize(texts.otherBrand, { other, brand }),
    advice: localize(texts.otherBrandAdvice, { other }),
    url: undefined,
  };
}

function rejected(client: PlatformClient, error: MoltbotFeishuError): Finding {
  const { baseinfo, home } = consoleLinks(client.endpoints, client.appId);
  const params = { appId: client.appId, url: baseinfo, code: error.feishuCode ?? '' };
  switch (error.details.which) {
    case 'app-secret':
      return {
        ...failure(error),
        detail: localize(texts.wrongSecret, params),
        advice: localize(texts.wrongSecretAdvice, params),
        url: baseinfo,
      };
    case 'app-id':
      return {
        ...failure(error),
        detail: localize(texts.wrongAppId, params),
        // An app that is not there has no page: the list of apps shows the right App ID.
        advice: localize(texts.wrongAppIdAdvice, { ...params, url: home }),
        url: home,
      };
    default:
      return failure(error);
  }
}
