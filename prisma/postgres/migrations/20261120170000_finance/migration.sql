-- AlterTable
ALTER TABLE "NetworkAccount" ADD COLUMN     "disputeMarginHours" INTEGER NOT NULL DEFAULT 24;

-- AlterTable
ALTER TABLE "PaymentRef" ADD COLUMN     "kind" TEXT;

-- AlterTable
ALTER TABLE "Refund" ADD COLUMN     "accountId" TEXT,
ADD COLUMN     "ask" TEXT,
ADD COLUMN     "currency" TEXT,
ADD COLUMN     "graceUntil" TIMESTAMP(3),
ADD COLUMN     "matchedBy" TEXT,
ADD COLUMN     "reversal" TEXT,
ADD COLUMN     "reversedAt" TIMESTAMP(3),
ADD COLUMN     "copyOf" TEXT,
ADD COLUMN     "matchDoubt" TEXT;

-- CreateTable
CREATE TABLE "WebhookEndpoint" (
    "id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "secrets" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "mapping" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "origin" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "WebhookEndpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookEvent" (
    "id" TEXT NOT NULL,
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
    "occurredAt" TIMESTAMP(3),
    "receivedAt" TIMESTAMP(3) NOT NULL,
    "lastSeenAt" TIMESTAMP(3) NOT NULL,
    "handledAt" TIMESTAMP(3),

    CONSTRAINT "WebhookEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RefundKey" (
    "refundId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,

    CONSTRAINT "RefundKey_pkey" PRIMARY KEY ("refundId","kind","key")
);

-- CreateTable
CREATE TABLE "PaymentLink" (
    "key" TEXT NOT NULL,
    "other" TEXT NOT NULL,
    "otherKind" TEXT NOT NULL,

    CONSTRAINT "PaymentLink_pkey" PRIMARY KEY ("key","other")
);

-- CreateTable
CREATE TABLE "RefundPolicy" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "networkCampaignId" TEXT NOT NULL DEFAULT '',
    "rules" TEXT NOT NULL,
    "updatedBy" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "RefundPolicy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ClockSkew" (
    "accountId" TEXT NOT NULL,
    "skewMs" INTEGER NOT NULL,
    "samples" INTEGER NOT NULL,
    "measuredAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ClockSkew_pkey" PRIMARY KEY ("accountId")
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
    "refundId" TEXT NOT NULL,
    "reversal" TEXT NOT NULL,
    "occurredAt" TIMESTAMP(3) NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "EarlyReversal_pkey" PRIMARY KEY ("refundId")
);
