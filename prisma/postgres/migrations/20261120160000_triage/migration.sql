-- AlterTable
ALTER TABLE "Attempt" ADD COLUMN     "timings" TEXT;

-- AlterTable
ALTER TABLE "OutboxMessage" ADD COLUMN     "acknowledgedAt" TIMESTAMP(3),
ADD COLUMN     "breakerId" TEXT,
ADD COLUMN     "expectedCents" BIGINT,
ADD COLUMN     "expectedCurrency" TEXT,
ADD COLUMN     "issueId" TEXT,
ADD COLUMN     "releasedAt" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "AlertChannel" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "AlertChannel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AlertRule" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "settings" TEXT NOT NULL,
    "channelIds" TEXT NOT NULL,
    "quietHours" TEXT,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "createdBy" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "AlertRule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AlertState" (
    "ruleId" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL,
    "since" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "AlertState_pkey" PRIMARY KEY ("ruleId","subject")
);

-- CreateTable
CREATE TABLE "AlertDelivery" (
    "id" TEXT NOT NULL,
    "ruleId" TEXT,
    "channelId" TEXT NOT NULL,
    "eventKey" TEXT NOT NULL,
    "transition" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMP(3) NOT NULL,
    "leaseUntil" TIMESTAMP(3),
    "responseStatus" INTEGER,
    "lastError" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "sentAt" TIMESTAMP(3),

    CONSTRAINT "AlertDelivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Issue" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "errorCode" TEXT NOT NULL,
    "networkCampaignId" TEXT NOT NULL DEFAULT '',
    "message" TEXT NOT NULL,
    "messageKey" TEXT NOT NULL,
    "sampleMessage" TEXT,
    "httpStatus" INTEGER,
    "state" TEXT NOT NULL DEFAULT 'open',
    "ignoredUntil" TIMESTAMP(3),
    "ignoreAbove" INTEGER,
    "assigneeId" TEXT,
    "seen" INTEGER NOT NULL DEFAULT 0,
    "reopened" INTEGER NOT NULL DEFAULT 0,
    "firstSeenAt" TIMESTAMP(3) NOT NULL,
    "lastSeenAt" TIMESTAMP(3) NOT NULL,
    "reopenedAt" TIMESTAMP(3),
    "resolvedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Issue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IssueEvent" (
    "id" TEXT NOT NULL,
    "issueId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "actorId" TEXT,
    "actorName" TEXT NOT NULL,
    "body" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "IssueEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IssueHour" (
    "issueId" TEXT NOT NULL,
    "hour" TIMESTAMP(3) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "IssueHour_pkey" PRIMARY KEY ("issueId","hour")
);

-- CreateTable
CREATE TABLE "Breaker" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "scopeKey" TEXT NOT NULL,
    "networkCampaignId" TEXT,
    "reason" TEXT NOT NULL,
    "issueId" TEXT NOT NULL,
    "provenBy" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "probeMessageId" TEXT,
    "probes" INTEGER NOT NULL DEFAULT 0,
    "nextProbeAt" TIMESTAMP(3),
    "openedBy" TEXT,
    "note" TEXT,
    "openedAt" TIMESTAMP(3) NOT NULL,
    "trippedAt" TIMESTAMP(3) NOT NULL,
    "closedAt" TIMESTAMP(3),
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Breaker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BreakerCode" (
    "breakerId" TEXT NOT NULL,
    "ref" TEXT NOT NULL,

    CONSTRAINT "BreakerCode_pkey" PRIMARY KEY ("breakerId","ref")
);

-- CreateTable
CREATE TABLE "BulkJob" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "filter" TEXT NOT NULL,
    "newestId" TEXT NOT NULL,
    "issueId" TEXT,
    "breakerId" TEXT,
    "probe" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL,
    "stateReason" TEXT,
    "collectedTo" TEXT,
    "matched" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "started" INTEGER NOT NULL DEFAULT 0,
    "succeeded" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "window" INTEGER NOT NULL DEFAULT 1,
    "wave" TEXT,
    "createdBy" TEXT,
    "createdByName" TEXT NOT NULL,
    "ip" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "finishedAt" TIMESTAMP(3),
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "BulkJob_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BulkItem" (
    "jobId" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "before" TEXT NOT NULL,
    "outcome" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "BulkItem_pkey" PRIMARY KEY ("jobId","messageId")
);

-- CreateTable
CREATE TABLE "SavedView" (
    "id" TEXT NOT NULL,
    "page" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "ownerId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SavedView_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DeliveryStep" (
    "span" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "accountId" TEXT NOT NULL,
    "networkCampaignId" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "accepted" INTEGER NOT NULL,
    "duplicate" INTEGER NOT NULL,
    "test" INTEGER NOT NULL,
    "retryable" INTEGER NOT NULL,
    "rejected" INTEGER NOT NULL,
    "interrupted" INTEGER NOT NULL,
    "firstTries" INTEGER NOT NULL,
    "firstSuccesses" INTEGER NOT NULL,

    CONSTRAINT "DeliveryStep_pkey" PRIMARY KEY ("span","at","accountId","networkCampaignId")
);

-- CreateTable
CREATE TABLE "DeliveryTime" (
    "span" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "accountId" TEXT NOT NULL,
    "networkCampaignId" TEXT NOT NULL,
    "bucket" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "DeliveryTime_pkey" PRIMARY KEY ("span","at","accountId","networkCampaignId","bucket")
);

-- CreateTable
CREATE TABLE "AnswerDay" (
    "day" TIMESTAMP(3) NOT NULL,
    "accountId" TEXT NOT NULL,
    "networkCampaignId" TEXT NOT NULL,
    "answerKey" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "AnswerDay_pkey" PRIMARY KEY ("day","accountId","networkCampaignId","answerKey")
);

-- CreateTable
CREATE TABLE "Answer" (
    "key" TEXT NOT NULL,
    "httpStatus" INTEGER,
    "outcome" TEXT NOT NULL,
    "errorCode" TEXT,
    "sample" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Answer_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "AttemptText" (
    "docId" SERIAL NOT NULL,
    "attemptId" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,

    CONSTRAINT "AttemptText_pkey" PRIMARY KEY ("docId")
);

-- CreateIndex
CREATE UNIQUE INDEX "AlertChannel_name_key" ON "AlertChannel"("name");

-- CreateIndex
CREATE UNIQUE INDEX "AlertRule_name_key" ON "AlertRule"("name");

-- CreateIndex
CREATE INDEX "AlertDelivery_status_dueAt_idx" ON "AlertDelivery"("status", "dueAt");

-- CreateIndex
CREATE INDEX "AlertDelivery_ruleId_id_idx" ON "AlertDelivery"("ruleId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "AlertDelivery_channelId_eventKey_key" ON "AlertDelivery"("channelId", "eventKey");

-- CreateIndex
CREATE INDEX "Issue_state_lastSeenAt_id_idx" ON "Issue"("state", "lastSeenAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Issue_accountId_errorCode_networkCampaignId_messageKey_key" ON "Issue"("accountId", "errorCode", "networkCampaignId", "messageKey");

-- CreateIndex
CREATE INDEX "IssueEvent_issueId_id_idx" ON "IssueEvent"("issueId", "id");

-- CreateIndex
CREATE INDEX "Breaker_state_id_idx" ON "Breaker"("state", "id");

-- CreateIndex
CREATE INDEX "Breaker_issueId_idx" ON "Breaker"("issueId");

-- CreateIndex
CREATE INDEX "BulkJob_state_id_idx" ON "BulkJob"("state", "id");

-- CreateIndex
CREATE INDEX "BulkJob_issueId_idx" ON "BulkJob"("issueId");

-- CreateIndex
CREATE INDEX "BulkItem_jobId_state_messageId_idx" ON "BulkItem"("jobId", "state", "messageId");

-- CreateIndex
CREATE INDEX "SavedView_page_id_idx" ON "SavedView"("page", "id");

-- CreateIndex
CREATE UNIQUE INDEX "SavedView_page_ownerId_name_key" ON "SavedView"("page", "ownerId", "name");

-- CreateIndex
CREATE INDEX "Lead_affiliateId_id_idx" ON "Lead"("affiliateId", "id");



-- By hand: partial indexes, which the schema language cannot say. Only rows that failed, were retried or are held back
-- are in them, so that what goes well pays nothing for them.
CREATE INDEX "OutboxMessage_issue_idx" ON "OutboxMessage"("issueId", "status", "id") WHERE "issueId" IS NOT NULL;
CREATE INDEX "OutboxMessage_issueMoney_idx" ON "OutboxMessage"("issueId", "status", "expectedCurrency", "expectedCents") WHERE "issueId" IS NOT NULL;
CREATE INDEX "OutboxMessage_breaker_idx" ON "OutboxMessage"("breakerId", "id") WHERE "status" = 'parked';
CREATE INDEX "OutboxMessage_attempts_idx" ON "OutboxMessage"("attempts", "id") WHERE "attempts" > 1;
CREATE INDEX "OutboxMessage_attention_idx" ON "OutboxMessage"("status", "id") WHERE "acknowledgedAt" IS NULL AND "status" IN ('failed', 'exhausted', 'parked');
CREATE INDEX "OutboxMessage_acknowledged_idx" ON "OutboxMessage"("status", "id") WHERE "acknowledgedAt" IS NOT NULL;
CREATE INDEX "OutboxMessage_unsorted_idx" ON "OutboxMessage"("id") WHERE "issueId" IS NULL AND "kind" = 'postback' AND "status" IN ('failed', 'exhausted');
CREATE UNIQUE INDEX "Breaker_open_key" ON "Breaker"("accountId", "scopeKey", "reason") WHERE "state" <> 'closed';
CREATE INDEX "Capture_promo_idx" ON "Capture"("promo" text_pattern_ops, "id") WHERE "promo" IS NOT NULL;

-- By hand: the words of request and response bodies. It keeps no copy of the text.
CREATE TABLE "AttemptWords" ("docId" INTEGER NOT NULL PRIMARY KEY, "words" tsvector NOT NULL);
CREATE INDEX "AttemptWords_idx" ON "AttemptWords" USING GIN ("words");

-- The customer's id on its own, so that it can be searched.
ALTER TABLE "Conversion" ADD COLUMN "customerId" TEXT;
UPDATE "Conversion" SET "customerId" = "customer"::json ->> 'id' WHERE "customer" IS NOT NULL;
CREATE INDEX "Conversion_customerId_idx" ON "Conversion"("customerId") WHERE "customerId" IS NOT NULL;

-- Beginnings of orders and tracking codes are found by these whatever the database's order of letters is.
DROP INDEX "OutboxMessage_externalId_idx";
CREATE INDEX "OutboxMessage_externalId_idx" ON "OutboxMessage"("externalId" text_pattern_ops);
DROP INDEX "Conversion_ref_id_idx";
CREATE INDEX "Conversion_ref_id_idx" ON "Conversion"("ref" text_pattern_ops, "id");
