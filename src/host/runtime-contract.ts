/** `api.runtime` of a host, as far as a turn needs it (docs/hosts.md#a-turn). */
import type { HostConfig } from './host-config.ts';

export interface AgentRoute {
  readonly agentId: string;
  readonly sessionKey: string;
  readonly mainSessionKey: string;
  readonly accountId: string;
}

/** The message as the host's agents and commands see it; field names are the host's. */
export interface InboundContext {
  readonly SessionKey?: string;
  readonly [field: string]: unknown;
}

export interface ReplyPayload {
  readonly text?: string;
  readonly mediaUrl?: string;
  readonly mediaUrls?: readonly string[];
  /** A recording is meant as a voice message. */
  readonly audioAsVoice?: boolean;
  readonly isError?: boolean;
  /** OpenClaw: text with controls (host/send/presentation.ts). */
  readonly presentation?: unknown;
  /** What the channel knows how to send: `feishu`, and the host's `execApproval`. */
  readonly channelData?: unknown;
}

export interface ReplyDispatch {
  readonly ctx: InboundContext;
  readonly cfg: HostConfig;
  readonly dispatcherOptions: {
    readonly deliver: (
      payload: ReplyPayload,
      info: { readonly kind: 'tool' | 'block' | 'final' },
    ) => Promise<void>;
    readonly onError?: (error: unknown, info: { readonly kind: string }) => void;
    readonly onReplyStart?: () => Promise<void> | void;
  };
  readonly replyOptions: {
    readonly disableBlockStreaming: boolean;
    readonly abortSignal: AbortSignal;
    readonly onPartialReply?: (payload: ReplyPayload) => Promise<void> | void;
    /** OpenClaw: the agent uses a tool. */
    readonly onToolStart?: (tool: HostTool) => void;
    /** OpenClaw: what the agent does begins, goes on or ends: its tools among others. */
    readonly onItemEvent?: (item: HostTool & HostItemState) => void;
    /**
     * OpenClaw: the tools are reported although the host itself shows none in the chat (`/verbose` is
     * off, as by default).
     */
    readonly allowToolLifecycleWhenProgressHidden?: boolean;
    /** OpenClaw: the channel shows the tools itself; then their ends are reported, too. */
    readonly suppressDefaultToolProgressMessages?: boolean;
    /** The agent begins: the host has taken the message as a turn. */
    readonly onAgentRunStart?: () => void;
    /** The skills that the agent may use; empty: none. */
    readonly skillFilter?: readonly string[];
  };
}

/** One use of a tool, as OpenClaw reports it. */
export interface HostTool {
  readonly toolCallId?: string;
  readonly itemId?: string;
  readonly name?: string;
}

export interface HostItemState {
  /** `start`, `update` or `end`. */
  readonly phase?: string;
  /** At its end: `completed`, `failed` or another word. */
  readonly status?: string;
}

export interface PairingRequest {
  readonly channel: 'feishu';
  readonly id: string;
  readonly accountId: string;
  readonly meta?: Readonly<Record<string, string>>;
}

export interface HostChannelRuntime {
  readonly pairing: {
    /** Clawdbot and Moltbot take the channel's name, OpenClaw an object (its string form throws). */
    readAllowFromStore(
      channel: 'feishu' | { readonly channel: 'feishu'; readonly accountId: string },
    ): Promise<readonly string[]>;
    /** `code` is empty when too many people wait already. */
    upsertPairingRequest(
      request: PairingRequest,
    ): Promise<{ readonly code: string; readonly created: boolean }>;
    buildPairingReply(reply: {
      readonly channel: 'feishu';
      readonly idLine: string;
      readonly code: string;
    }): string;
  };
  readonly routing: {
    resolveAgentRoute(route: {
      readonly cfg: HostConfig;
      readonly channel: 'feishu';
      readonly accountId: string;
      readonly peer: { readonly kind: 'dm' | 'group'; readonly id: string };
    }): AgentRoute;
  };
  readonly session: {
    resolveStorePath(store: unknown, options: { readonly agentId: string }): string;
    readSessionUpdatedAt(session: {
      readonly storePath: string;
      readonly sessionKey: string;
    }): number | undefined;
    recordInboundSession(session: {
      readonly storePath: string;
      readonly sessionKey: string;
      readonly ctx: InboundContext;
      readonly createIfMissing: boolean;
      readonly updateLastRoute?: {
        readonly sessionKey: string;
        readonly channel: 'feishu';
        readonly to: string;
        readonly accountId: string;
        readonly threadId?: string;
      };
      readonly onRecordError: (error: unknown) => void;
    }): Promise<void>;
  };
  readonly reply: {
    resolveEnvelopeFormatOptions(cfg: HostConfig): unknown;
    formatAgentEnvelope(envelope: {
      readonly channel: string;
      readonly from: string;
      readonly timestamp?: number;
      readonly previousTimestamp?: number | undefined;
      readonly envelope: unknown;
      readonly body: string;
    }): string;
    finalizeInboundContext(ctx: InboundContext): InboundContext;
    dispatchReplyWithBufferedBlockDispatcher(
      dispatch: ReplyDispatch,
    ): Promise<{ readonly sendPolicyDenied?: boolean } | undefined>;
  };
  readonly commands: {
    isControlCommandMessage(text: string, cfg: HostConfig): boolean;
    shouldHandleTextCommands?(surface: {
      readonly cfg: HostConfig;
      readonly surface: string;
    }): boolean;
  };
  readonly media?: {
    /** Throws if the bytes are more than `maxBytes`. */
    saveMediaBuffer(
      bytes: Buffer,
      contentType: string | undefined,
      folder: 'inbound',
      maxBytes: number,
      originalName?: string,
    ): Promise<{ readonly path: string; readonly contentType?: string }>;
  };
  readonly activity: {
    record(activity: {
      readonly channel: 'feishu';
      readonly accountId: string;
      readonly direction: 'inbound' | 'outbound';
    }): void;
  };
}

/** OpenClaw only (openclaw@2026.9.6, plugins/runtime): its sessions with what it keeps of their turns. */
export interface HostSessions {
  getSessionEntry(session: {
    readonly agentId: string;
    readonly sessionKey: string;
    readonly storePath: string;
    readonly readConsistency: 'latest';
  }):
    | {
        readonly status?: string;
        /** The run id of the channel's current turn, for a resumption after a crash. */
        readonly restartRecoveryDeliveryRunId?: string;
      }
    | undefined;
}

/** Events that the agent reads at the next turn of a session; they start none. */
export interface HostSystemEvents {
  enqueueSystemEvent(
    text: string,
    options: { readonly sessionKey: string; readonly contextKey?: string },
  ): unknown;
}

export interface HostRuntime {
  readonly version?: string;
  readonly agent?: { readonly session?: Partial<HostSessions> };
  /** Either reads the config as it is now; an empty one where it cannot be read. */
  readonly config?: { loadConfig?(): HostConfig; current?(): HostConfig };
  readonly channel: HostChannelRuntime;
  readonly system?: HostSystemEvents;
}
