// Runs what `argo lint --offline --strict` runs, over each file by itself, and prints one JSON line a file.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	log "github.com/sirupsen/logrus"

	"github.com/argoproj/argo-workflows/v3/cmd/argo/lint"
	"github.com/argoproj/argo-workflows/v3/pkg/apiclient"
)

type verdict struct {
	File   string   `json:"file"`
	OK     bool     `json:"ok"`
	Errors []string `json:"errors"`
}

func main() {
	log.SetOutput(io.Discard)
	out := json.NewEncoder(os.Stdout)
	for _, file := range os.Args[1:] {
		found := verdict{File: file, Errors: []string{}}
		if err := lintOne(file, &found); err != nil {
			found.Errors = append(found.Errors, err.Error())
			found.OK = false
		}
		if err := out.Encode(found); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
	}
}

func lintOne(file string, found *verdict) error {
	ctx, client, err := apiclient.NewClientFromOpts(apiclient.Opts{Offline: true, OfflineFiles: []string{file}, Context: context.Background()})
	if err != nil {
		return err
	}
	clients := lint.ServiceClients{WorkflowsClient: client.NewWorkflowServiceClient()}
	if clients.WorkflowTemplatesClient, err = client.NewWorkflowTemplateServiceClient(); err != nil {
		return err
	}
	if clients.CronWorkflowsClient, err = client.NewCronWorkflowServiceClient(); err != nil {
		return err
	}
	if clients.ClusterWorkflowTemplateClient, err = client.NewClusterWorkflowTemplateServiceClient(); err != nil {
		return err
	}
	results, err := lint.Lint(ctx, &lint.LintOptions{Files: []string{file}, Strict: true, ServiceClients: clients})
	if err != nil {
		return err
	}
	found.OK = results.Success
	for _, result := range results.Results {
		for _, one := range result.Errs {
			found.Errors = append(found.Errors, one.Error())
		}
	}
	return nil
}
