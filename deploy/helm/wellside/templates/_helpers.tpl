{{- define "wellside.name" -}}
{{- printf "%s-centre" .Release.Name | trunc 53 | trimSuffix "-" -}}
{{- end -}}

{{- define "wellside.labels" -}}
app.kubernetes.io/name: wellside
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "wellside.selector" -}}
app.kubernetes.io/name: wellside
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "wellside.image" -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- end -}}

{{/* What every pod of the centre is: nobody's rights, a root that nobody writes to. */}}
{{- define "wellside.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: {type: RuntimeDefault}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "wellside.container" -}}
image: {{ include "wellside.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
env:
  - name: WELLSIDE_DATABASE_URL
    valueFrom:
      secretKeyRef: {name: {{ .Values.database.urlSecret.name }}, key: {{ .Values.database.urlSecret.key }}}
  - name: WELLSIDE_CLICKHOUSE_URL
    value: {{ .Values.clickhouse.url | quote }}
  {{- range $variable, $key := dict "USER" "user" "PASSWORD" "password" "READ_USER" "readUser" "READ_PASSWORD" "readPassword" }}
  - name: WELLSIDE_CLICKHOUSE_{{ $variable }}
    valueFrom:
      secretKeyRef: {name: {{ $.Values.clickhouse.accountSecret }}, key: {{ $key }}}
  {{- end }}
  {{- if .Values.database.walletSecret }}
  - name: TNS_ADMIN
    value: /wallet
  - name: WELLSIDE_ORACLE_WALLET
    value: /wallet
  - name: WELLSIDE_ORACLE_WALLET_PASSWORD
    valueFrom:
      # Not there where the wallet opens by itself.
      secretKeyRef: {name: {{ .Values.database.walletSecret }}, key: password, optional: true}
  {{- end }}
  {{- if .Values.authority }}
  - name: SSL_CERT_FILE
    value: /authority/ca.crt
  - name: WELLSIDE_OIDC_CA
    value: /authority/ca.crt
  {{- end }}
  {{- if .Values.traces.endpoint }}
  - name: OTEL_EXPORTER_OTLP_ENDPOINT
    value: {{ .Values.traces.endpoint | quote }}
  {{- end }}
{{- end -}}

{{- define "wellside.mounts" -}}
- {name: data, mountPath: /data}
- {name: tmp, mountPath: /tmp}
{{- if .Values.database.walletSecret }}
- {name: wallet, mountPath: /wallet, readOnly: true}
{{- end }}
{{- if .Values.authority }}
- {name: authority, mountPath: /authority, readOnly: true}
{{- end }}
{{- end -}}

{{- define "wellside.volumes" -}}
- name: data
  emptyDir: {sizeLimit: {{ .Values.scratch }}}
- name: tmp
  emptyDir: {sizeLimit: {{ .Values.scratch }}}
{{- with .Values.database.walletSecret }}
- name: wallet
  secret: {secretName: {{ . }}, defaultMode: 0440}
{{- end }}
{{- with .Values.authority }}
- name: authority
  configMap: {name: {{ . }}}
{{- end }}
{{- end -}}
