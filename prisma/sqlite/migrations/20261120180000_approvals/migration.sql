-- AlterTable
ALTER TABLE "Lead" ADD COLUMN "approvalId" TEXT;

-- AlterTable
ALTER TABLE "Refund" ADD COLUMN "reportedBy" TEXT;
ALTER TABLE "Refund" ADD COLUMN "reportedByName" TEXT;
ALTER TABLE "Refund" ADD COLUMN "decidedBy" TEXT;

-- AlterTable
ALTER TABLE "Loss" ADD COLUMN "accountId" TEXT;
ALTER TABLE "Loss" ADD COLUMN "networkCampaignId" TEXT;

-- What is filtered on was the lead's alone
UPDATE "Loss" SET "accountId" = l."accountId", "networkCampaignId" = l."networkCampaignId" FROM "Lead" l WHERE l."id" = "Loss"."leadId";

-- CreateTable
CREATE TABLE "ReasonTemplate" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "updatedBy" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "DisputeApproval" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "leadId" TEXT NOT NULL,
    "refundId" TEXT,
    "reason" TEXT NOT NULL,
    "payoutCents" BIGINT,
    "currency" TEXT,
    "dueAt" DATETIME NOT NULL,
    "state" TEXT NOT NULL,
    "requestedByType" TEXT NOT NULL,
    "requestedById" TEXT,
    "requestedByName" TEXT NOT NULL,
    "batchId" TEXT,
    "decidedById" TEXT,
    "decidedByName" TEXT,
    "note" TEXT,
    "messageId" TEXT,
    "createdAt" DATETIME NOT NULL,
    "decidedAt" DATETIME
);

-- CreateTable
CREATE TABLE "DisputeBatch" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "selection" TEXT NOT NULL,
    "selectionWords" TEXT NOT NULL,
    "newestId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "templateKind" TEXT NOT NULL,
    "templateName" TEXT,
    "state" TEXT NOT NULL,
    "collectedTo" TEXT NOT NULL DEFAULT '',
    "startsAt" DATETIME,
    "atOnce" INTEGER NOT NULL DEFAULT 0,
    "counts" TEXT,
    "createdByType" TEXT NOT NULL,
    "createdById" TEXT,
    "createdByName" TEXT NOT NULL,
    "createdByRole" TEXT NOT NULL,
    "ip" TEXT,
    "createdAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "DisputeBatchRow" (
    "batchId" TEXT NOT NULL,
    "targetId" TEXT NOT NULL,
    "leadId" TEXT,
    "refundId" TEXT,
    "state" TEXT NOT NULL,
    "outcome" TEXT,
    "messageId" TEXT,
    "approvalId" TEXT,
    "dueAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,

    PRIMARY KEY ("batchId", "targetId")
);

-- CreateIndex
CREATE UNIQUE INDEX "ReasonTemplate_name_key" ON "ReasonTemplate"("name");

-- CreateIndex
CREATE INDEX "DisputeApproval_state_dueAt_id_idx" ON "DisputeApproval"("state", "dueAt", "id");

-- CreateIndex
CREATE INDEX "DisputeApproval_state_id_idx" ON "DisputeApproval"("state", "id");

-- CreateIndex
CREATE INDEX "DisputeApproval_decidedAt_id_idx" ON "DisputeApproval"("decidedAt", "id");

-- CreateIndex
CREATE INDEX "DisputeApproval_leadId_id_idx" ON "DisputeApproval"("leadId", "id");

-- CreateIndex
CREATE INDEX "DisputeBatch_state_id_idx" ON "DisputeBatch"("state", "id");

-- CreateIndex
CREATE INDEX "DisputeBatchRow_batchId_state_dueAt_targetId_idx" ON "DisputeBatchRow"("batchId", "state", "dueAt", "targetId");

-- CreateIndex
CREATE INDEX "DisputeBatchRow_batchId_state_targetId_idx" ON "DisputeBatchRow"("batchId", "state", "targetId");

-- CreateIndex
CREATE INDEX "DisputeBatchRow_batchId_leadId_idx" ON "DisputeBatchRow"("batchId", "leadId");

-- CreateIndex
CREATE INDEX "Loss_figures_idx" ON "Loss"("id", "cause", "currency", "networkCampaignId", "payoutCents");

-- CreateIndex
CREATE INDEX "Loss_campaign_idx" ON "Loss"("networkCampaignId", "id", "cause", "currency");

-- CreateIndex
CREATE INDEX "Loss_cause_idx" ON "Loss"("cause", "id", "currency");

-- CreateIndex
CREATE INDEX "Loss_currency_idx" ON "Loss"("currency", "id");
