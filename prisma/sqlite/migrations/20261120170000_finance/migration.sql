-- AlterTable
ALTER TABLE "NetworkAccount" ADD COLUMN "disputeMarginHours" INTEGER NOT NULL DEFAULT 24;

-- AlterTable
ALTER TABLE "PaymentRef" ADD COLUMN "kind" TEXT;

-- AlterTable
ALTER TABLE "Refund" ADD COLUMN "accountId" TEXT;
ALTER TABLE "Refund" ADD COLUMN "ask" TEXT;
ALTER TABLE "Refund" ADD COLUMN "currency" TEXT;
ALTER TABLE "Refund" ADD COLUMN "graceUntil" DATETIME;
ALTER TABLE "Refund" ADD COLUMN "matchedBy" TEXT;
ALTER TABLE "Refund" ADD COLUMN "reversal" TEXT;
ALTER TABLE "Refund" ADD COLUMN "reversedAt" DATETIME;
ALTER TABLE "Refund" ADD COLUMN "copyOf" TEXT;
ALTER TABLE "Refund" ADD COLUMN "matchDoubt" TEXT;

-- CreateTable
CREATE TABLE "WebhookEndpoint" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "source" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "secrets" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "mapping" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "origin" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "WebhookEvent" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "endpointId" TEXT NOT NULL,
    "eventId" TEXT,
    "type" TEXT,
    "subjectId" TEXT,
    "testMode" BOOLEAN NOT NULL DEFAULT false,
    "verdict" TEXT NOT NULL,
    "verdictWhy" TEXT,
    "state" TEXT NOT NULL,
    "became" TEXT,
    "error" TEXT,
    "deliveries" INTEGER NOT NULL DEFAULT 1,
    "body" TEXT NOT NULL,
    "bodyBytes" INTEGER NOT NULL,
    "bodyEncoding" TEXT NOT NULL DEFAULT 'utf8',
    "headers" TEXT NOT NULL,
    "occurredAt" DATETIME,
    "receivedAt" DATETIME NOT NULL,
    "lastSeenAt" DATETIME NOT NULL,
    "handledAt" DATETIME
);

-- CreateTable
CREATE TABLE "RefundKey" (
    "refundId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,

    PRIMARY KEY ("refundId", "kind", "key")
);

-- CreateTable
CREATE TABLE "PaymentLink" (
    "key" TEXT NOT NULL,
    "other" TEXT NOT NULL,
    "otherKind" TEXT NOT NULL,

    PRIMARY KEY ("key", "other")
);

-- CreateTable
CREATE TABLE "RefundPolicy" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "accountId" TEXT NOT NULL,
    "networkCampaignId" TEXT NOT NULL DEFAULT '',
    "rules" TEXT NOT NULL,
    "updatedBy" TEXT,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "ClockSkew" (
    "accountId" TEXT NOT NULL PRIMARY KEY,
    "skewMs" INTEGER NOT NULL,
    "samples" INTEGER NOT NULL,
    "measuredAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "WebhookEndpoint_source_name_key" ON "WebhookEndpoint"("source", "name");

-- CreateIndex
CREATE INDEX "WebhookEvent_endpointId_id_idx" ON "WebhookEvent"("endpointId", "id");

-- CreateIndex
CREATE INDEX "WebhookEvent_endpointId_state_id_idx" ON "WebhookEvent"("endpointId", "state", "id");

-- CreateIndex
CREATE INDEX "WebhookEvent_endpointId_type_id_idx" ON "WebhookEvent"("endpointId", "type", "id");

-- CreateIndex
CREATE INDEX "WebhookEvent_endpointId_state_type_id_idx" ON "WebhookEvent"("endpointId", "state", "type", "id");

-- CreateIndex
CREATE INDEX "WebhookEvent_endpointId_subjectId_id_idx" ON "WebhookEvent"("endpointId", "subjectId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "WebhookEvent_endpointId_eventId_key" ON "WebhookEvent"("endpointId", "eventId");

-- CreateIndex
CREATE INDEX "RefundKey_key_idx" ON "RefundKey"("key");

-- CreateIndex
CREATE UNIQUE INDEX "RefundPolicy_accountId_networkCampaignId_key" ON "RefundPolicy"("accountId", "networkCampaignId");

-- CreateIndex
CREATE INDEX "Refund_graceUntil_idx" ON "Refund"("graceUntil");

-- CreateIndex
CREATE INDEX "Refund_copyOf_idx" ON "Refund"("copyOf");



-- CreateTable
CREATE TABLE "EarlyReversal" (
    "refundId" TEXT NOT NULL PRIMARY KEY,
    "reversal" TEXT NOT NULL,
    "occurredAt" DATETIME NOT NULL,
    "createdAt" DATETIME NOT NULL
);
