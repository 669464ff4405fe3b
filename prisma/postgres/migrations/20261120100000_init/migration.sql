-- CreateTable
CREATE TABLE "NetworkAccount" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "connector" TEXT NOT NULL,
    "baseUrl" TEXT NOT NULL,
    "credentials" TEXT NOT NULL,
    "credentialHints" TEXT NOT NULL,
    "retryScheduleSeconds" TEXT,
    "status" TEXT NOT NULL DEFAULT 'active',
    "origin" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "NetworkAccount_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Campaign" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "networkCampaignId" TEXT NOT NULL,
    "name" TEXT,
    "status" TEXT,
    "compensationModel" TEXT,
    "payoutPerUnitCents" BIGINT,
    "payoutPercentage" DOUBLE PRECISION,
    "currency" TEXT,
    "holdingPeriodDays" INTEGER,
    "budgetCents" BIGINT,
    "spentCents" BIGINT,
    "testTrackingCode" TEXT,
    "trackingConfirmedAt" TIMESTAMP(3),
    "confirmedBy" TEXT,
    "landingUrl" TEXT,
    "activatedAt" TIMESTAMP(3),
    "raw" TEXT,
    "syncedAt" TIMESTAMP(3),
    "syncError" TEXT,
    "syncDueAt" TIMESTAMP(3),
    "onboardingStartedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Campaign_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Capture" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "promo" TEXT,
    "url" TEXT,
    "visitorId" TEXT,
    "cookieValue" TEXT,
    "source" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "keptRef" TEXT,
    "capturedAt" TIMESTAMP(3) NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Capture_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TrackedRecord" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "recordId" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "promo" TEXT,
    "visitorId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "TrackedRecord_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Conversion" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "campaignKey" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "eventType" TEXT NOT NULL,
    "revenueCents" BIGINT,
    "currency" TEXT,
    "ref" TEXT,
    "refSource" TEXT,
    "recordType" TEXT,
    "recordId" TEXT,
    "metadata" TEXT,
    "customer" TEXT,
    "coupon" TEXT,
    "paymentIds" TEXT,
    "occurredAt" TIMESTAMP(3) NOT NULL,
    "contentHash" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "postbackId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Conversion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PaymentRef" (
    "paymentId" TEXT NOT NULL,
    "conversionId" TEXT NOT NULL,

    CONSTRAINT "PaymentRef_pkey" PRIMARY KEY ("paymentId","conversionId")
);

-- CreateTable
CREATE TABLE "IntakeConflict" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "IntakeConflict_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Lead" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "networkLeadId" TEXT NOT NULL,
    "conversionId" TEXT NOT NULL,
    "postbackId" TEXT NOT NULL,
    "networkCampaignId" TEXT,
    "affiliateId" TEXT,
    "externalId" TEXT NOT NULL,
    "trackingCode" TEXT,
    "payoutCents" BIGINT,
    "currency" TEXT,
    "expectedCents" BIGINT,
    "flags" TEXT,
    "status" TEXT,
    "holdState" TEXT NOT NULL,
    "holdingPeriodDays" INTEGER NOT NULL,
    "holdAssumed" BOOLEAN NOT NULL DEFAULT false,
    "heldSince" TIMESTAMP(3) NOT NULL,
    "disputeBy" TIMESTAMP(3),
    "releasedAt" TIMESTAMP(3),
    "disputedAt" TIMESTAMP(3),
    "disputeReason" TEXT,
    "disputeMessageId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Lead_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Refund" (
    "id" TEXT NOT NULL,
    "refundId" TEXT NOT NULL,
    "externalId" TEXT,
    "paymentId" TEXT,
    "kind" TEXT NOT NULL,
    "amountCents" BIGINT,
    "full" BOOLEAN,
    "note" TEXT,
    "source" TEXT NOT NULL,
    "contentHash" TEXT NOT NULL,
    "disposition" TEXT NOT NULL,
    "explanation" TEXT NOT NULL,
    "conversionId" TEXT,
    "leadId" TEXT,
    "disputeMessageId" TEXT,
    "occurredAt" TIMESTAMP(3) NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Refund_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Loss" (
    "id" TEXT NOT NULL,
    "leadId" TEXT NOT NULL,
    "refundId" TEXT,
    "payoutCents" BIGINT,
    "currency" TEXT,
    "cause" TEXT NOT NULL,
    "explanation" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Loss_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "User" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "emailVerified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "role" TEXT DEFAULT 'viewer',
    "banned" BOOLEAN DEFAULT false,
    "banReason" TEXT,
    "banExpires" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "token" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "ipAddress" TEXT,
    "userAgent" TEXT,
    "userId" TEXT NOT NULL,
    "impersonatedBy" TEXT,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LoginAccount" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "providerId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "accessToken" TEXT,
    "refreshToken" TEXT,
    "idToken" TEXT,
    "accessTokenExpiresAt" TIMESTAMP(3),
    "refreshTokenExpiresAt" TIMESTAMP(3),
    "scope" TEXT,
    "password" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "LoginAccount_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Verification" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiKey" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "createdBy" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "lastUsedAt" TIMESTAMP(3),
    "revokedAt" TIMESTAMP(3),

    CONSTRAINT "ApiKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" TEXT NOT NULL,
    "actorType" TEXT NOT NULL,
    "actorId" TEXT,
    "actorName" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subjectType" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "detail" TEXT,
    "ip" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "WorkerBeat" (
    "id" TEXT NOT NULL,
    "startedAt" TIMESTAMP(3) NOT NULL,
    "beatAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "WorkerBeat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OutboxMessage" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "conversionId" TEXT,
    "leadId" TEXT,
    "refundId" TEXT,
    "networkCampaignId" TEXT,
    "externalId" TEXT NOT NULL,
    "ref" TEXT,
    "eventType" TEXT,
    "revenueCents" BIGINT,
    "payoutCents" BIGINT,
    "currency" TEXT,
    "payload" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "dueAt" TIMESTAMP(3) NOT NULL,
    "step" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "leaseOwner" TEXT,
    "leaseUntil" TIMESTAMP(3),
    "attemptStartedAt" TIMESTAMP(3),
    "firstMaySentAt" TIMESTAMP(3),
    "httpStatus" INTEGER,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "cancelReason" TEXT,
    "settledAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "OutboxMessage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Attempt" (
    "id" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "startedAt" TIMESTAMP(3) NOT NULL,
    "durationMs" DOUBLE PRECISION,
    "requestMethod" TEXT,
    "requestUrl" TEXT,
    "requestHeaders" TEXT,
    "requestBody" TEXT,
    "responseStatus" INTEGER,
    "responseHeaders" TEXT,
    "responseBody" TEXT,
    "bodyEncoding" TEXT,
    "responseBytes" INTEGER,
    "truncated" BOOLEAN NOT NULL DEFAULT false,
    "outcome" TEXT NOT NULL,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "errorDetails" TEXT,

    CONSTRAINT "Attempt_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "NetworkAccount_name_key" ON "NetworkAccount"("name");

-- CreateIndex
CREATE INDEX "Campaign_testTrackingCode_idx" ON "Campaign"("testTrackingCode");

-- CreateIndex
CREATE UNIQUE INDEX "Campaign_accountId_networkCampaignId_key" ON "Campaign"("accountId", "networkCampaignId");

-- CreateIndex
CREATE INDEX "Capture_ref_id_idx" ON "Capture"("ref", "id");

-- CreateIndex
CREATE INDEX "Capture_visitorId_id_idx" ON "Capture"("visitorId", "id");

-- CreateIndex
CREATE INDEX "Capture_accountId_id_idx" ON "Capture"("accountId", "id");

-- CreateIndex
CREATE INDEX "Capture_source_id_idx" ON "Capture"("source", "id");

-- CreateIndex
CREATE INDEX "TrackedRecord_ref_id_idx" ON "TrackedRecord"("ref", "id");

-- CreateIndex
CREATE INDEX "TrackedRecord_visitorId_idx" ON "TrackedRecord"("visitorId");

-- CreateIndex
CREATE UNIQUE INDEX "TrackedRecord_accountId_type_recordId_key" ON "TrackedRecord"("accountId", "type", "recordId");

-- CreateIndex
CREATE INDEX "Conversion_externalId_idx" ON "Conversion"("externalId");

-- CreateIndex
CREATE INDEX "Conversion_ref_id_idx" ON "Conversion"("ref", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Conversion_accountId_campaignKey_externalId_key" ON "Conversion"("accountId", "campaignKey", "externalId");

-- CreateIndex
CREATE INDEX "PaymentRef_conversionId_idx" ON "PaymentRef"("conversionId");

-- CreateIndex
CREATE INDEX "IntakeConflict_subjectId_idx" ON "IntakeConflict"("subjectId");

-- CreateIndex
CREATE INDEX "Lead_holdState_disputeBy_id_currency_payoutCents_idx" ON "Lead"("holdState", "disputeBy", "id", "currency", "payoutCents");

-- CreateIndex
CREATE INDEX "Lead_conversionId_idx" ON "Lead"("conversionId");

-- CreateIndex
CREATE INDEX "Lead_externalId_idx" ON "Lead"("externalId");

-- CreateIndex
CREATE INDEX "Lead_campaign_idx" ON "Lead"("accountId", "networkCampaignId", "holdState", "currency", "payoutCents");

-- CreateIndex
CREATE UNIQUE INDEX "Lead_accountId_networkLeadId_key" ON "Lead"("accountId", "networkLeadId");

-- CreateIndex
CREATE UNIQUE INDEX "Refund_refundId_key" ON "Refund"("refundId");

-- CreateIndex
CREATE INDEX "Refund_disposition_id_idx" ON "Refund"("disposition", "id");

-- CreateIndex
CREATE INDEX "Refund_conversionId_idx" ON "Refund"("conversionId");

-- CreateIndex
CREATE INDEX "Refund_leadId_idx" ON "Refund"("leadId");

-- CreateIndex
CREATE UNIQUE INDEX "Loss_leadId_key" ON "Loss"("leadId");

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE UNIQUE INDEX "Session_token_key" ON "Session"("token");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE INDEX "LoginAccount_userId_idx" ON "LoginAccount"("userId");

-- CreateIndex
CREATE INDEX "Verification_identifier_idx" ON "Verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_hash_key" ON "ApiKey"("hash");

-- CreateIndex
CREATE INDEX "AuditEntry_subjectType_subjectId_id_idx" ON "AuditEntry"("subjectType", "subjectId", "id");

-- CreateIndex
CREATE INDEX "OutboxMessage_kind_id_idx" ON "OutboxMessage"("kind", "id");

-- CreateIndex
CREATE INDEX "OutboxMessage_kind_status_id_idx" ON "OutboxMessage"("kind", "status", "id");

-- CreateIndex
CREATE INDEX "OutboxMessage_kind_createdAt_status_attempts_idx" ON "OutboxMessage"("kind", "createdAt", "status", "attempts");

-- CreateIndex
CREATE INDEX "OutboxMessage_conversionId_idx" ON "OutboxMessage"("conversionId");

-- CreateIndex
CREATE INDEX "OutboxMessage_externalId_idx" ON "OutboxMessage"("externalId");

-- CreateIndex
CREATE INDEX "OutboxMessage_accountId_id_idx" ON "OutboxMessage"("accountId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Attempt_messageId_number_key" ON "Attempt"("messageId", "number");

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LoginAccount" ADD CONSTRAINT "LoginAccount_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;



-- By hand: partial indexes, which the schema language cannot say. What is due is found at the same cost with a
-- backlog of a million as with none.
CREATE INDEX "OutboxMessage_due_idx" ON "OutboxMessage"("dueAt", "id") WHERE "status" IN ('queued', 'retrying');
CREATE INDEX "OutboxMessage_campaign_idx" ON "OutboxMessage"("networkCampaignId", "status", "id") WHERE "networkCampaignId" IS NOT NULL;
CREATE INDEX "OutboxMessage_httpStatus_idx" ON "OutboxMessage"("httpStatus", "id") WHERE "httpStatus" <> 201;
CREATE INDEX "Campaign_sync_idx" ON "Campaign"("syncDueAt") WHERE "syncDueAt" IS NOT NULL;
CREATE INDEX "Refund_unmatched_order_idx" ON "Refund"("externalId") WHERE "disposition" = 'unmatched';
CREATE INDEX "Refund_unmatched_payment_idx" ON "Refund"("paymentId") WHERE "disposition" = 'unmatched';
CREATE INDEX "Capture_blocked_idx" ON "Capture"("id") WHERE "outcome" = 'overwrite_blocked';
CREATE INDEX "Capture_ref_prefix_idx" ON "Capture"("ref" text_pattern_ops);
CREATE INDEX "OutboxMessage_errorCode_idx" ON "OutboxMessage"("errorCode", "id") WHERE "errorCode" IS NOT NULL;
