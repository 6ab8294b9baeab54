import { Module } from '@nestjs/common';
import {
  answerCommand,
  findSignInFacts,
  loadConfigFacts,
  markCommandsSent,
  markTold,
  orderNews,
  pendingCommands,
  raiseAlarms,
  writeConnections,
  writeHeard,
  type SignInFacts,
} from '@app/persistence';
import { CommandCourier } from '../couriers/command-courier.js';
import { ConfigDesk } from '../config/config-desk.js';
import { DownLink } from '../down-link.js';
import { OrderCourier } from '../couriers/order-courier.js';
import { PresenceBook } from '../presence/presence-book.js';
import { GatewaySetup } from '../setup.js';
import { BadSignIns } from './bad-sign-ins.js';
import { Channels } from './channels.js';
import { DevicePolicy } from './device-policy.js';
import { GatheredLookUp } from './gathered-look-up.js';
import { IngestGate } from './ingest-gate.js';
import { MalformedMessages } from './malformed-messages.js';
import { SignInDesk } from './sign-in-desk.js';

/** Commands read at once for a few hundred devices. */
const COMMANDS_MAX = 2_000;
/** Orders of a few hundred devices told at once. */
const ORDERS_MAX = 2_000;

/** What devices' sign-ins are held against, read anew for each, many at once. */
export class SignInLookUp extends GatheredLookUp<SignInFacts> {}

function lookUp({ parts: { database, limits } }: GatewaySetup): SignInLookUp {
  return new SignInLookUp(
    async (ids) => new Map((await findSignInFacts(database, ids)).map((facts) => [facts.deviceId, facts])),
    limits.signInBatchMax,
    limits.signInMsMax,
  );
}

function presenceBook(setup: GatewaySetup): PresenceBook {
  const { database, gatewayId } = setup.parts;
  const store = {
    writeConnections: (changes: Parameters<typeof writeConnections>[2]) =>
      writeConnections(database, gatewayId, changes),
    writeHeard: (heard: Parameters<typeof writeHeard>[1]) => writeHeard(database, heard),
  };
  return new PresenceBook(store, setup.failing('writing presence'));
}

function malformedMessages(setup: GatewaySetup): MalformedMessages {
  const { database, now } = setup.parts;
  return new MalformedMessages((alarms) => raiseAlarms(database, alarms, now()), setup.failing('raising alarms'));
}

function configDesk(setup: GatewaySetup, link: DownLink, facts: SignInLookUp): ConfigDesk {
  const { database, now } = setup.parts;
  return new ConfigDesk({
    load: (nowMs) => loadConfigFacts(database, nowMs),
    pointOf: async (deviceId) => (await facts.ask(deviceId))?.pointId,
    now,
    publish: (message) => link.publish(message),
    onFailure: setup.failing('refreshing configurations'),
  });
}

function commandCourier(setup: GatewaySetup, link: DownLink, desk: ConfigDesk): CommandCourier {
  const { database, now } = setup.parts;
  return new CommandCourier({
    store: {
      pending: (deviceNos, nowMs) => pendingCommands(database, deviceNos, nowMs, COMMANDS_MAX),
      markSent: (ids, nowMs) => markCommandsSent(database, ids, nowMs),
    },
    now,
    publish: (message) => link.publish(message),
    onSend: (deviceId, { name }) => {
      if (name === 'sync-config') desk.republish(deviceId);
    },
    onFailure: setup.failing('delivering commands'),
  });
}

function orderCourier(setup: GatewaySetup, link: DownLink): OrderCourier {
  const { database, now } = setup.parts;
  return new OrderCourier({
    store: {
      news: (deviceNos, returned, nowMs) => orderNews(database, deviceNos, returned, nowMs, ORDERS_MAX),
      markTold: (news, nowMs) => markTold(database, news, nowMs),
    },
    now,
    publish: (message) => link.publish(message),
    onFailure: setup.failing('telling of orders'),
  });
}

function channels(
  { parts: { database, qris, metrics, limits } }: GatewaySetup,
  gate: IngestGate,
  presence: PresenceBook,
  malformed: MalformedMessages,
): Channels {
  return new Channels({
    submit: (message) => gate.submit(message),
    receipted: (receipts) => metrics.receipts(receipts),
    heard: (heard) => presence.heard(heard),
    answerCommand: (answer) => answerCommand(database, answer),
    qris,
    malformed: (deviceNo, deviceId, channel, reason) => {
      metrics.malformed.inc({ channel });
      malformed.count(deviceNo, deviceId, channel, reason);
    },
    taken: (channel) => metrics.messages.inc({ channel }),
    answerMsMax: limits.answerMsMax,
  });
}

function devicePolicy(
  { parts: { now, monotonicMs, limits } }: GatewaySetup,
  facts: SignInLookUp,
  through: Channels,
  presence: PresenceBook,
  courier: CommandCourier,
  orders: OrderCourier,
  desk: ConfigDesk,
): DevicePolicy {
  const signIn = new SignInDesk((deviceId) => facts.ask(deviceId), new BadSignIns(monotonicMs));
  return new DevicePolicy(
    signIn,
    through,
    {
      prepare: ({ deviceId, pointId, registryVersion }) => desk.prepare(deviceId, pointId, registryVersion),
      connected: (deviceNo, deviceId) => presence.connection({ deviceNo, deviceId, connected: true, at: now() }),
      listensToCommands: (deviceNo, deviceId) => courier.listens(deviceNo, deviceId),
      listensToPayments: (deviceNo, deviceId) => orders.listens(deviceNo, deviceId),
      gone: (deviceNo, deviceId) => {
        presence.connection({ deviceNo, deviceId, connected: false, at: now() });
        courier.gone(deviceNo);
        orders.gone(deviceNo);
        desk.gone(deviceId);
      },
    },
    limits.signInMsMax,
  );
}

/** Everything that knows devices and nothing of MQTT. */
@Module({
  providers: [
    DownLink,
    { provide: SignInLookUp, useFactory: lookUp, inject: [GatewaySetup] },
    { provide: PresenceBook, useFactory: presenceBook, inject: [GatewaySetup] },
    { provide: MalformedMessages, useFactory: malformedMessages, inject: [GatewaySetup] },
    { provide: ConfigDesk, useFactory: configDesk, inject: [GatewaySetup, DownLink, SignInLookUp] },
    { provide: CommandCourier, useFactory: commandCourier, inject: [GatewaySetup, DownLink, ConfigDesk] },
    { provide: OrderCourier, useFactory: orderCourier, inject: [GatewaySetup, DownLink] },
    {
      provide: IngestGate,
      useFactory: ({ parts: { ingest, limits } }: GatewaySetup) => new IngestGate(ingest, limits),
      inject: [GatewaySetup],
    },
    { provide: Channels, useFactory: channels, inject: [GatewaySetup, IngestGate, PresenceBook, MalformedMessages] },
    {
      provide: DevicePolicy,
      useFactory: devicePolicy,
      inject: [GatewaySetup, SignInLookUp, Channels, PresenceBook, CommandCourier, OrderCourier, ConfigDesk],
    },
  ],
  exports: [
    DownLink,
    SignInLookUp,
    PresenceBook,
    MalformedMessages,
    ConfigDesk,
    CommandCourier,
    OrderCourier,
    IngestGate,
    DevicePolicy,
  ],
})
export class DevicesModule {}
