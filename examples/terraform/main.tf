# The review set-up of one team, on a Holdpoint server instead of Amazon A2I. Only the provider block is new.

terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "endpoint" {
  description = "Address of the Holdpoint server; empty for AWS"
  type        = string
  default     = "http://127.0.0.1:7800"
}

variable "region" {
  description = "Region of the server, as its start prints it"
  type        = string
  default     = "us-east-1"
}

provider "aws" {
  region = var.region

  # Credentials come from AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE, or from a profile.
  s3_use_path_style           = true
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true

  # All that this configuration may call; iam is named so that nothing of it ever goes to AWS.
  endpoints {
    iam       = var.endpoint
    s3        = var.endpoint
    sagemaker = var.endpoint
    sts       = var.endpoint
  }

  default_tags {
    tags = {
      project = "invoices"
    }
  }
}

resource "aws_s3_bucket" "reviews" {
  bucket = "acme-reviews"
}

resource "aws_sagemaker_workteam" "accountants" {
  workteam_name  = "accountants"
  workforce_name = "default"
  description    = "People who read invoices"

  member_definition {
    cognito_member_definition {
      client_id  = "holdpoint"
      user_pool  = "us-east-1_Holdpoint"
      user_group = "accountants"
    }
  }
}

resource "aws_sagemaker_human_task_ui" "invoice" {
  human_task_ui_name = "invoice-page"

  ui_template {
    content = file("${path.module}/invoice.liquid")
  }
}

resource "aws_sagemaker_flow_definition" "invoices" {
  flow_definition_name = "invoices"
  role_arn             = "arn:aws:iam::000000000000:role/review"

  human_loop_config {
    workteam_arn               = aws_sagemaker_workteam.accountants.arn
    human_task_ui_arn          = aws_sagemaker_human_task_ui.invoice.arn
    task_title                 = "Check an invoice"
    task_description           = "Compare the total with the picture"
    task_count                 = 2
    task_keywords              = ["invoice", "total"]
    task_time_limit_in_seconds = 900
  }

  human_loop_request_source {
    aws_managed_human_loop_request_source = "AWS/Textract/AnalyzeDocument/Forms/V1"
  }

  human_loop_activation_config {
    human_loop_activation_conditions_config {
      human_loop_activation_conditions = jsonencode({
        Conditions = [
          {
            ConditionType = "ImportantFormKeyConfidenceCheck"
            ConditionParameters = {
              ImportantFormKey                = "Total"
              ImportantFormKeyAliases         = ["Sum", "Amount <due>"]
              KeyValueBlockConfidenceLessThan = 90
            }
          }
        ]
      })
    }
  }

  output_config {
    s3_output_path = "s3://acme-reviews/invoices/"
  }

  tags = {
    stage = "production"
  }
}

output "flow_definition_arn" {
  value = aws_sagemaker_flow_definition.invoices.arn
}

output "portal" {
  value = "http://${aws_sagemaker_workteam.accountants.subdomain}/portal"
}
